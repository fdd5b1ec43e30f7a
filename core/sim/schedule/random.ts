import type { CaseCut } from "../cases/case";
import { positions } from "../cases/position";
import { seeded } from "../seeded";
import { type CutDevice, runToCut } from "../sweep/powerLives";
import type { Subject } from "../sweep/subject";
import { caseOf, cutAt, type TriedCase, triedCut, triedWhole } from "../sweep/tried";
import { forEach, type PlannedSchedule } from "./schedule";

/** Chains of cuts at any place of any operation; the same for the same seed. */
export const random = (subjects: readonly Subject[], seed: number): PlannedSchedule => {
  const next = seeded(seed);
  return forEach(
    subjects,
    (subject) =>
      Array.from({ length: CHAINS }, () => {
        const cuts = chain(next, subject.swept);
        return () => [tryChain(subject, cuts)];
      }),
    [
      `${CHAINS} devices of each start slot lost power one to ${MOST_CUTS} times, at places chosen by the seed ${seed}.`,
    ],
  );
};

const CHAINS = 150;
const MOST_CUTS = 5;
/** A recovery does some of the work again. */
const LONGER = 1.3;

function chain(next: () => number, operations: number): readonly CaseCut[] {
  const count = 1 + (next() % MOST_CUTS);
  const places = Array.from({ length: count }, () => next() % Math.ceil(operations * LONGER));
  return [...new Set(places)]
    .toSorted((a, b) => a - b)
    .map((operation) => cutAt(operation, positions[next() % positions.length] ?? "middle", next() % SEEDS));
}

const SEEDS = 1000;

/** Of the cuts those that the device came to. */
function tryChain(subject: Subject, cuts: readonly CaseCut[]): TriedCase {
  let device: CutDevice = { state: subject.scenario.state, done: 0, operation: undefined };
  const met: CaseCut[] = [];
  for (const cut of cuts) {
    const next = runToCut(subject.scenario, device, cut);
    if (!next) break;
    device = next;
    met.push(cut);
  }
  if (!device.operation) return triedWhole(subject, caseOf(subject, { cuts: met }), subject.outcome);
  return triedCut(subject, met, device.operation, device.state);
}
