import { isInside } from "../../core/sim/cases/position";
import type { CutReport, OperationReport, SimulationReport, StartReport } from "../../core/sim/report";
import { severityOf } from "../../core/sim/verdict";
import type { PlannedRoute, SimulationFinding } from "../../protocol/simulation";
import { type Band, bandsOf, isBad } from "./bands";
import { type CutRun, cutRuns, middleOf } from "./cutRuns";
import type { State } from "./state";

/** The start slot that is looked at: the one that was chosen, as long as it is there. */
export const startOf = (state: Pick<State, "snapshot" | "start">): StartReport | undefined => {
  const starts = state.snapshot?.found?.report.starts ?? [];
  return starts.find(({ start }) => start === state.start) ?? starts[0];
};

export const routeOf = (found: SimulationFinding | undefined, start: string | undefined) =>
  found?.routes.find((route: PlannedRoute) => route.start === start);

const known = new WeakMap<StartReport, readonly Band[]>();

/** Once for each report: every drawing asks. */
export function bandsOfState(state: State): readonly Band[] {
  const start = startOf(state);
  if (!start) return [];
  const bands = known.get(start) ?? bandsOf(start, routeOf(state.snapshot?.found, start.start));
  known.set(start, bands);
  return bands;
}

/** The operations whose marks are drawn. */
export const shownOf = (state: State): readonly OperationReport[] =>
  (startOf(state)?.operations ?? []).filter(({ verdict }) => !state.onlyBad || isBad(verdict));

/** The operation at which the case of this id is cut once. */
export const operationOf = (state: State, id: string | null): OperationReport | undefined =>
  id === null ? undefined : startOf(state)?.operations.find(({ cuts }) => cuts.some((cut) => cut.id === id));

/** The cut that is shown first when somebody looks at an operation: among the worst ones, in the middle of most of them. */
export function worstCut({ cuts }: OperationReport): CutReport | undefined {
  const [worst] = cutRuns(cuts).toSorted(
    (a, b) =>
      severityOf(b.verdict) - severityOf(a.verdict) ||
      b.cuts.length - a.cuts.length ||
      insideOf(b) - insideOf(a),
  );
  return worst && middleOf(worst);
}

const insideOf = ({ cuts: [first] }: CutRun): number => (first && isInside(first.at) ? 1 : 0);

/** The start slot from which a case begins, by its id; undefined for one that is not there. */
export const startOfCase = (state: State, id: string | null): StartReport | undefined =>
  state.snapshot?.found?.report.starts.find(({ slot }) => slot === id?.split(":")[1]);

/** Whether power is cut at single operations; elsewhere no mark has anything to say. */
export const isCutByOperation = ({ schedule: { kind } }: SimulationReport): boolean =>
  kind !== "network" && kind !== "lives";
