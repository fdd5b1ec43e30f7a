import type { CaseCut } from "../cases/case";
import { type DeviceState, type Operation, runDevice } from "../device";
import { isInWindow } from "../hazard";
import { cutState } from "../sweep/cutState";
import type { Subject } from "../sweep/subject";
import { cutAt, type TriedCase, triedCut } from "../sweep/tried";
import { cutsAt } from "./places";
import { representatives } from "./representatives";
import { forEach, type PlannedSchedule } from "./schedule";

/** A second cut while the device recovers from the first one, at a choice of places of each. */
export const recoveries = (subjects: readonly Subject[]): PlannedSchedule =>
  forEach(
    subjects,
    (subject) =>
      representatives(subject.clean.operations.slice(0, subject.swept)).flatMap((first) =>
        FIRST.map((at) => () => afterFirst(subject, first, cutAt(first.index, at), chosen)),
      ),
    [
      "Power failed twice: at the first two, the middle one and the last of each run of operations that do the same work, half done or done, and once more at such an operation while the device recovered from it; wherever that changed the table, at every place of it.",
      "Not tried: every pair of operations, which 'pairs' tries where the plan is small, and more than two cuts, which 'lives' tries, and 'seed:N' by chance.",
    ],
  );

const FIRST = ["middle", "after"] as const;

/** All pairs of cuts. */
export const pairs = (subjects: readonly Subject[]): PlannedSchedule =>
  forEach(
    subjects,
    (subject) =>
      subject.clean.operations
        .slice(0, subject.swept)
        .flatMap((first) =>
          cutsAt(subject, first).map((cut) => () => afterFirst(subject, first, cut, everywhere)),
        ),
    [
      "Power failed twice: at every place of every operation, and once more at every place of every operation of the recovery from it.",
    ],
  );

/** Why all pairs are not tried, as a sentence; undefined where they are few enough. */
export function pairsRefusal(subjects: readonly Subject[]): string | undefined {
  // Nobody knows the recoveries before they ran, but they are hardly longer than what is left of the run.
  const count = subjects.reduce((total, { swept }) => total + (CUTS_PER_OPERATION * swept) ** 2 / 2, 0);
  if (count <= MOST_PAIRS) return undefined;
  const operations = subjects.map(({ swept }) => swept).join(" and ");
  return `All pairs of cuts of ${operations} operations are about ${count.toExponential(1)} cases, and only up to ${MOST_PAIRS} are tried. Try 'recovery', which cuts at a choice of places.`;
}

const MOST_PAIRS = 300_000;
const CUTS_PER_OPERATION = 5;

type Choice = (subject: Subject, operations: readonly Operation[]) => readonly CaseCut[];

const chosen: Choice = (subject, operations) =>
  representatives(operations).flatMap((operation) =>
    isInWindow(subject.scenario.window, operation)
      ? cutsAt(subject, operation)
      : FIRST.map((at) => cutAt(operation.index, at)),
  );

const everywhere: Choice = (subject, operations) =>
  operations.flatMap((operation) => cutsAt(subject, operation));

/** Operations of the recovery are counted from its own start; the id of a case counts from the start of the device. */
function afterFirst(subject: Subject, first: Operation, cut: CaseCut, choose: Choice): readonly TriedCase[] {
  const state = cutState(subject.clean, first.index, cut.at, cut.seed);
  const done = first.index + 1;
  const recovery = recorded(subject, state);
  return choose(subject, recovery.operations).flatMap((second) => {
    const operation = recovery.operations[second.operation];
    if (!operation) return [];
    const left = cutState(recovery, second.operation, second.at, second.seed);
    return [triedCut(subject, [cut, { ...second, operation: done + second.operation }], operation, left)];
  });
}

const recorded = ({ scenario: { setup } }: Subject, state: DeviceState) =>
  runDevice(setup, state, { record: { states: true, log: false } });
