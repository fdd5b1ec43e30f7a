import { operationSeconds } from "../../migrate/plan/flashCost";
import { caseId } from "../cases/caseId";
import type { Operation } from "../device";
import { isInWindow } from "../hazard";
import type { CutReport, OperationReport, StartReport } from "../report";
import type { Subject } from "../sweep/subject";
import { caseOf, type TriedCase } from "../sweep/tried";
import { verdictOf, worstOf } from "../verdict";
import { hazardReport } from "./hazardReport";
import { lostContents } from "./lost";
import { placeOf } from "./places";

/** One slot from which the devices may start. `tried`: the cases of this subject. */
export function startReport(subject: Subject, tried: readonly TriedCase[]): StartReport {
  const { scenario, clean, outcome } = subject;
  const byOperation = groupedByFirstCut(tried);
  return {
    start: scenario.start.name,
    slot: scenario.slot,
    clean: {
      id: caseId(caseOf(subject, {})),
      verdict: verdictOf(outcome.ending, true),
      lives: outcome.lives,
      lost: lostContents(subject),
    },
    operations: clean.operations.map((operation) =>
      operationReport(subject, operation, byOperation.get(operation.index) ?? []),
    ),
    hazard: hazardReport(subject, tried),
  };
}

function groupedByFirstCut(tried: readonly TriedCase[]): ReadonlyMap<number, readonly TriedCase[]> {
  const groups = new Map<number, TriedCase[]>();
  for (const one of tried) {
    const first = firstCut(one);
    if (first !== undefined) groups.set(first, [...(groups.get(first) ?? []), one]);
  }
  return groups;
}

/** Where a case has several cuts it stands with the first. */
const firstCut = ({ what: { cuts } }: TriedCase): number | undefined =>
  "firstLife" in cuts ? undefined : cuts[0]?.operation;

function operationReport(
  subject: Subject,
  operation: Operation,
  tried: readonly TriedCase[],
): OperationReport {
  const { index, op, offset, size, step, app, life } = operation;
  const cuts = tried.flatMap(cutReport);
  return {
    index,
    op,
    offset,
    size,
    place: placeOf(subject, operation),
    step,
    app,
    life,
    seconds: operationSeconds(op, size),
    verdict: worstOf(cuts.map(({ verdict }) => verdict)),
    isHazard: isInWindow(subject.scenario.window, operation),
    cuts,
  };
}

function cutReport({ id, what: { cuts }, verdict, declared }: TriedCase): CutReport[] {
  const [first] = "firstLife" in cuts ? [] : cuts;
  return first ? [{ id, at: first.at, verdict, isDeclared: declared !== undefined }] : [];
}
