import type { CaseVerdict, OperationReport, StartReport } from "../../core/sim/report";
import { severityOf } from "../../core/sim/verdict";
import type { PlannedRoute } from "../../protocol/simulation";
import { stepTitle } from "./words";

/** Consecutive operations of one step: a row of the timeline. */
export interface Band {
  readonly key: string;
  readonly title: string;
  readonly operations: readonly OperationReport[];
  /** The worst of its operations; undefined where none was tried. */
  readonly worst: CaseVerdict | undefined;
  /** What its operations take, by the datasheet. */
  readonly seconds: number;
  readonly isHazard: boolean;
  /** The firmware of before cannot be started any more from here on. */
  readonly isPointOfNoReturn: boolean;
}

/** Verdicts after which nobody can help from afar, or only by what the server offers. */
export const isBad = (verdict: CaseVerdict | undefined): boolean =>
  verdict !== undefined && severityOf(verdict) >= severityOf("stuck-reachable");

/** The rows of the timeline, in the order of time. */
export function bandsOf({ operations }: StartReport, route: PlannedRoute | undefined): readonly Band[] {
  const groups: OperationReport[][] = [];
  for (const operation of operations) {
    const last = groups.at(-1);
    if (last && sameBand(last[0], operation)) last.push(operation);
    else groups.push([operation]);
  }
  const noReturn = groups.findIndex(([first]) => first?.step === route?.pointOfNoReturn);
  return groups.map((group, index) => bandOf(group, route, index === noReturn));
}

const sameBand = (a: OperationReport | undefined, b: OperationReport): boolean =>
  a?.step === b.step && (b.step !== undefined || a?.app === b.app);

function bandOf(
  operations: readonly OperationReport[],
  route: PlannedRoute | undefined,
  isPointOfNoReturn: boolean,
): Band {
  const [first] = operations;
  return {
    key: `band-${first?.index ?? 0}`,
    title: first ? stepTitle(first, route) : "",
    operations,
    worst: worstIn(operations),
    seconds: operations.reduce((sum, { seconds }) => sum + seconds.typical, 0),
    isHazard: operations.some(({ isHazard }) => isHazard),
    isPointOfNoReturn: isPointOfNoReturn && route !== undefined,
  };
}

function worstIn(operations: readonly OperationReport[]): CaseVerdict | undefined {
  let worst: CaseVerdict | undefined;
  for (const { verdict } of operations)
    if (verdict !== undefined && (worst === undefined || severityOf(worst) < severityOf(verdict)))
      worst = verdict;
  return worst;
}
