import type { Operation } from "../device";
import { cutState } from "../sweep/cutState";
import type { Subject } from "../sweep/subject";
import { type TriedCase, triedCut } from "../sweep/tried";
import { cutsAt } from "./places";
import { forEach, type PlannedSchedule } from "./schedule";

/** One cut, before, inside and after every operation of the run without a fault. */
export const exhaustive = (subjects: readonly Subject[]): PlannedSchedule =>
  forEach(
    subjects,
    (subject) =>
      subject.clean.operations.slice(0, subject.swept).map((operation) => () => atOne(subject, operation)),
    [
      "Power failed once: before, inside and after every erase and every write of the run without a fault, from its first operation to its last. Inside means begun, half done and almost done; writes of up to 64 bytes and the table were cut at every word of 4 bytes, behind it and in it, and the sector of the table was torn in 8 ways at each of those places.",
      "Not tried: a second cut, which 'recovery' and 'pairs' try, and 'seed:N' by chance; power that fails again and again, which 'lives' tries; and faults of the network, which 'network' tries.",
    ],
  );

const atOne = (subject: Subject, operation: Operation): readonly TriedCase[] =>
  cutsAt(subject, operation).map((cut) =>
    triedCut(subject, [cut], operation, cutState(subject.clean, operation.index, cut.at, cut.seed)),
  );
