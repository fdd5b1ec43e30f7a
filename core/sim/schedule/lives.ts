import type { CaseCut } from "../cases/case";
import { type CutDevice, runToCut } from "../sweep/powerLives";
import type { Subject } from "../sweep/subject";
import { caseOf, cutAt, type TriedCase, triedCut, triedWhole } from "../sweep/tried";
import { forEach, type PlannedSchedule } from "./schedule";

/** Power fails again and again on the same device, after more operations each time: it has to come forward nevertheless. */
export const lives = (subjects: readonly Subject[]): PlannedSchedule =>
  forEach(
    subjects,
    (subject) => Array.from({ length: FIRST_LIVES }, (_, index) => () => [shortLives(subject, index + 1)]),
    [
      `Power failed again and again on the same device, each time after one operation more than the time before: beginning with 1, with 2, … and with ${FIRST_LIVES} operations.`,
    ],
  );

const FIRST_LIVES = 24;
/** Then a life is longer than any migration. */
const MOST_CUTS = 400;

function shortLives(subject: Subject, firstLife: number): TriedCase {
  const cuts = { firstLife };
  const last = lastOfLives(subject, firstLife);
  if (!last.operation) return triedWhole(subject, caseOf(subject, { cuts }), subject.outcome);
  return triedCut(subject, cuts, last.operation, last.state);
}

/** The device as the last of the cuts leaves it that it came to. */
export function lastOfLives({ scenario }: Pick<Subject, "scenario">, firstLife: number): CutDevice {
  let device: CutDevice = { state: scenario.state, done: 0, operation: undefined };
  for (let life = 0; life < MOST_CUTS; life++) {
    const next = runToCut(scenario, device, cutOfLife(device, firstLife + life));
    if (!next) break;
    device = next;
  }
  return device;
}

export const cutOfLife = ({ done }: CutDevice, operations: number): CaseCut =>
  cutAt(done + operations - 1, "after");
