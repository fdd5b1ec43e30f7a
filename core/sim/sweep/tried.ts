import type { CaseCut, SimulationCase } from "../cases/case";
import { caseId } from "../cases/caseId";
import type { DeviceState, Operation } from "../device";
import { isHalfMade } from "../filesystemWindow";
import { declaredIn } from "../hazard";
import type { CaseVerdict } from "../report";
import { verdictOf } from "../verdict";
import type { Outcome } from "./recovery";
import type { Subject } from "./subject";

/** A case that was tried, and how it ended. */
export interface TriedCase {
  readonly id: string;
  readonly subject: Subject;
  readonly what: SimulationCase;
  readonly verdict: CaseVerdict;
  /** As what the plan declares it, where it does. */
  readonly declared: "bricked" | "stuck" | undefined;
  /** The operation that was cut last. */
  readonly operation: Operation | undefined;
}

export const caseOf = (
  { scenario: { procedure, slot } }: Subject,
  { cuts = [], faults = [] }: Partial<Pick<SimulationCase, "cuts" | "faults">>,
): SimulationCase => ({ procedure, slot, cuts, faults });

/** The case of a device that is left in this state by the last of its cuts. */
export function triedCut(
  subject: Subject,
  cuts: SimulationCase["cuts"],
  operation: Operation,
  state: DeviceState,
): TriedCase {
  const what = caseOf(subject, { cuts });
  return {
    id: caseId(what),
    subject,
    what,
    verdict: verdictOf(subject.recovery(state).ending, false),
    declared: declaredAs(subject, operation, state),
    operation,
  };
}

function declaredAs(
  { scenario, filesystem }: Subject,
  operation: Operation,
  { flash }: DeviceState,
): TriedCase["declared"] {
  const declared = declaredIn(scenario.window, operation, flash);
  if (declared) return declared;
  return filesystem && isHalfMade(filesystem, operation, flash) ? "stuck" : undefined;
}

/** The case of a device whose power did not fail. */
export function triedWhole(subject: Subject, what: SimulationCase, outcome: Outcome): TriedCase {
  const isPlanned = outcome.lives === subject.outcome.lives;
  const verdict = verdictOf(outcome.ending, isPlanned);
  const declared = verdict === "stuck" && isMisled(what) ? verdict : undefined;
  return { id: caseId(what), subject, what, verdict, declared, operation: undefined };
}

/** The first step of a plan asks that the devices are given the repartitioner: with another app nothing of it happens. */
export const isMisled = ({ faults }: SimulationCase): boolean =>
  faults.some(({ kind, image = "repartitioner" }) => kind === "wrong-image" && image === "repartitioner");

export const cutAt = (operation: number, at: CaseCut["at"], seed = 0): CaseCut => ({ operation, at, seed });
