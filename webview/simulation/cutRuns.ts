import { isInside } from "../../core/sim/cases/position";
import type { CaseVerdict, CutReport } from "../../core/sim/report";
import { countText, positionName } from "./words";

/** Cuts one after the other with the same end: where every word is cut there are hundreds. */
export interface CutRun {
  readonly verdict: CaseVerdict;
  readonly cuts: readonly CutReport[];
}

/** In the order of time. */
export function cutRuns(cuts: readonly CutReport[]): readonly CutRun[] {
  const runs: { readonly verdict: CaseVerdict; readonly cuts: CutReport[] }[] = [];
  for (const cut of cuts) {
    const last = runs.at(-1);
    // What was cut before and after the operation is never one with what was cut inside.
    const isNext =
      last?.verdict === cut.verdict && isInside(cut.at) && last.cuts.every(({ at }) => isInside(at));
    if (isNext) last.cuts.push(cut);
    else runs.push({ verdict: cut.verdict, cuts: [cut] });
  }
  return runs;
}

/** `Just begun`, `Just begun to behind 72 bytes`. */
export function runName({ cuts }: CutRun): string {
  const names = [cuts[0], cuts.at(-1)].map((cut) => (cut ? positionName(cut.at) : ""));
  const [first = "", last = ""] = names;
  return first === last ? first : `${first} to ${last.toLowerCase()}`;
}

/** `12 cuts`; empty for one. */
export const runCount = ({ cuts }: CutRun): string =>
  cuts.length < 2 ? "" : `${countText(cuts.length)} cuts`;

/** The cut that is looked at first: the one in the middle. */
export const middleOf = ({ cuts }: CutRun): CutReport | undefined => cuts[Math.floor(cuts.length / 2)];
