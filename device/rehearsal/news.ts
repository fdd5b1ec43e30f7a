import { type Following, indexOf } from "../../core/rehearsal/following";
import type { RehearsalNews } from "./desk";

/** Before the board starts its flash is written, afterwards it is read. */
const BEFORE = 0.2;
const AFTER = 0.1;

export const shareOf = (following: Following): number =>
  BEFORE + (1 - BEFORE - AFTER) * (indexOf(following, following.current) / following.steps.length);

/** What of a change is worth telling. */
export function newsOf(before: Following, after: Following): RehearsalNews[] {
  const share = shareOf(after);
  const number = indexOf(after, after.current) + 1;
  const step = after.steps[number - 1];
  return [
    ...after.remarks
      .slice(before.remarks.length)
      .map(
        ({ text }) =>
          ({ kind: after.cuts.length > before.cuts.length ? "cut" : "remark", text, share }) as const,
      ),
    ...after.unexpected
      .slice(before.unexpected.length)
      .map(({ text }) => ({ kind: "unexpected", text, share }) as const),
    ...(before.current === after.current || !step
      ? []
      : [{ kind: "step", text: `Step ${number} of ${after.steps.length}: ${step.title}`, share } as const]),
  ];
}
