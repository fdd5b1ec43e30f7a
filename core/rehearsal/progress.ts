import type { ReportedStep } from "../delivery/steps";
import type { StepId } from "../migrate/plan/plan";
import { type FollowedStep, type Following, indexOf, stepOf } from "./following";

/** The changes of a `Following`. A step that the route does not have changes nothing. */

const changed = (
  before: Following,
  id: StepId,
  change: (step: FollowedStep) => FollowedStep,
): Pick<Following, "steps"> => ({
  steps: before.steps.map((step) => (step.id === id ? change(step) : step)),
});

/** A step was begun, once more where it was begun before: what is tried again and again brings nobody further. */
export function begun(before: Following, id: StepId, at: number): Following {
  const step = stepOf(before, id);
  if (!step) return before;
  return {
    ...before,
    ...changed(before, id, (one) => ({ ...one, begunAt: one.begunAt ?? at, tries: one.tries + 1 })),
    current: id,
    progressAt: step.tries === 0 ? at : before.progressAt,
  };
}

/** A step was done; what did not say when it began did so when the step before it was done. */
export function done(before: Following, id: StepId, at: number): Following {
  const index = indexOf(before, id);
  if (index < 0) return before;
  const since = lastMoment(before);
  const isFirst = before.steps[index]?.doneAt === undefined;
  const next = before.steps[index + 1]?.id ?? id;
  return {
    ...before,
    ...changed(before, id, (step) => ({
      ...step,
      begunAt: step.begunAt ?? since,
      doneAt: at,
      tries: Math.max(1, step.tries),
      milliseconds: step.milliseconds + (at - (beginOf(before, step) ?? since)),
    })),
    current: index >= indexOf(before, before.current) ? next : before.current,
    progressAt: isFirst ? at : before.progressAt,
  };
}

/** When the try began that is done now: at its own beginning, or where power came back or something else ended since. */
function beginOf(before: Following, step: FollowedStep): number | undefined {
  if (step.begunAt === undefined) return undefined;
  return before.current === step.id ? Math.max(step.begunAt, lastMoment(before)) : lastMoment(before);
}

/** When the last step was done, or power was cut. */
const lastMoment = ({ startedAt, steps, cuts }: Following): number =>
  Math.max(startedAt, ...steps.flatMap(({ doneAt }) => doneAt ?? []), ...cuts.map(({ at }) => at));

/** Not counted as progress: what fails again and again comes to no end. */
export const failed = (before: Following, id: StepId): Following => ({
  ...before,
  ...changed(before, id, (step) => ({ ...step, failures: step.failures + 1 })),
});

export const strange = (before: Following, at: number, text: string): Following => ({
  ...before,
  unexpected: [...before.unexpected, { at, text }],
});

export const remarked = (before: Following, at: number, text: string): Following => ({
  ...before,
  remarks: [...before.remarks, { at, text }],
});

export const gaveUp = (before: Following, at: number, text: string): Following => ({
  ...strange(before, at, text),
  end: "gave-up",
});

/** How a board goes on after its last cut: what it said first, and the step that it did. */
export function resumedAt(
  before: Following,
  at: number,
  found: string,
  step: ReportedStep | undefined,
): Following {
  const last = before.cuts.at(-1);
  if (!last || last.resumed) return before;
  const next = {
    ...last,
    found: last.found ?? found,
    ...(step === undefined ? {} : { resumed: { at, step } }),
  };
  return { ...before, cuts: [...before.cuts.slice(0, -1), next], progressAt: at };
}
