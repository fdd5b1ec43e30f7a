import { flashSeconds } from "../../migrate/plan/flashCost";
import { isInWindow } from "../hazard";
import type { HazardReport } from "../report";
import type { Subject } from "../sweep/subject";
import type { TriedCase } from "../sweep/tried";

/** Compares what is declared with what was found, case by case. */
export function hazardReport({ scenario, clean }: Subject, tried: readonly TriedCase[]): HazardReport {
  const inWindow = clean.operations.filter((operation) => isInWindow(scenario.window, operation));
  const [first, last] = [inWindow[0], inWindow.at(-1)];
  const count = (holds: (one: TriedCase) => boolean): number => tried.filter(holds).length;
  return {
    step: scenario.window.step,
    operations: first && last && { first: first.index, last: last.index },
    seconds: flashSeconds(inWindow.map(({ op, offset, size }) => ({ kind: op, offset, size, what: "" }))),
    declared: count(({ declared }) => declared === "bricked"),
    bricked: count(({ verdict }) => verdict === "bricked"),
    declaredStuck: count(({ declared }) => declared === "stuck"),
    stuck: count(({ verdict }) => verdict === "stuck"),
    undeclared: tried.filter(isUndeclared).map(({ id }) => id),
    stale: tried.filter(isStale).map(({ id }) => id),
  };
}

/** Somebody has to go there, and nobody said so. */
export const isUndeclared = ({ verdict, declared }: TriedCase): boolean =>
  (verdict === "bricked" || verdict === "stuck") && verdict !== declared;

export const isStale = ({ verdict, declared }: TriedCase): boolean =>
  declared !== undefined && verdict !== declared;
