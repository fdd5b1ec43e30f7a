import type { Analysis } from "../../core/analyse";
import type { Fix, Problem, Severity } from "../../core/rules/rule";
import { type Column, type CsvRow, columns, rowSpan } from "../../core/table/csv";
import { intersects, isInside, type Span } from "../../core/text/span";
import { MAX_FIELD, type SnapshotProblem } from "../../protocol/webview";

/** Nobody reads more, and the page shows all. */
const MAX_PROBLEMS = 200;

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** The problems in the order in which a page shows and numbers them: worst first, otherwise as in the text. */
export const shownProblems = ({ problems }: Analysis): Problem[] =>
  problems.toSorted((a, b) => weights[a.severity] - weights[b.severity]).slice(0, MAX_PROBLEMS);

export function snapshotProblem(problem: Problem, rows: readonly CsvRow[]): SnapshotProblem {
  const { id, severity, message, fixes = [] } = problem;
  return { id, severity, message, ...placeOf(problem, rows), fixes: fixes.map(shownTitle) };
}

export const shownTitle = ({ title }: Fix): string => title.slice(0, MAX_FIELD);

/** The row and the field in which a problem is shown; nothing where it is about the whole table. */
function placeOf(
  { id, at, isAboutTable }: Problem,
  rows: readonly CsvRow[],
): Pick<SnapshotProblem, "row" | "column"> {
  const number = isAboutTable ? -1 : rows.findIndex(({ span }) => intersects(span, at));
  const row = rows[number];
  if (!row) return {};
  const column = columnOf(id, at, row);
  return { row: number, ...(column === undefined ? {} : { column }) };
}

/** A text cannot show a problem under a field that is not there, so these are shown under all of their row. */
const missingFields: ReadonlyMap<string, Column> = new Map([
  ["name-empty", "name"],
  ["type-empty", "type"],
  ["app-subtype-empty", "subtype"],
  ["size-empty", "size"],
]);

/** What else is shown under all of a row is about no field in particular. */
function columnOf(id: string, at: Span, row: CsvRow): Column | undefined {
  const { start, end } = rowSpan(row);
  if (at.start === start && at.end === end) return missingFields.get(id);
  return columns[row.cells.findIndex(({ outer }) => isInside(at.start, outer) && isInside(at.end, outer))];
}
