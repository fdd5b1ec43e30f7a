import type { Analysis } from "../../core/analyse";
import { type CsvRow, cellOf } from "../../core/table/csv";
import { isInside, type Span } from "../../core/text/span";

/** The number of the row in which an offset of the text is; `null` between rows. */
export function rowAt(analysis: Analysis | undefined, offset: number): number | null {
  const row = rowsOf(analysis).findIndex(({ span }) => isInside(offset, span));
  return row === -1 ? null : row;
}

/** Where a row names its partition. */
export function nameSpan(analysis: Analysis | undefined, row: number | null): Span | undefined {
  const found = row === null ? undefined : rowsOf(analysis)[row];
  return found && cellOf(found, "name").span;
}

/** What is not drawn has no rows to be selected. */
const rowsOf = (analysis: Analysis | undefined): readonly CsvRow[] => analysis?.csv.rows ?? [];
