import type { Analysis } from "../analyse";
import {
  type Column,
  type CsvCell,
  type CsvDocument,
  type CsvLine,
  type CsvRow,
  columns,
} from "../table/csv";
import type { PlacedEntry } from "../table/entry";
import type { ReadRow } from "../table/read";
import { isInside } from "../text/span";

/** The field under the cursor. */
export interface CursorCell {
  readonly row: CsvRow;
  readonly column: Column;
  readonly cell: CsvCell;
}

/** The line at an offset; undefined behind the last line end, where no line has begun yet. */
export const lineAt = ({ lines }: CsvDocument, offset: number): CsvLine | undefined =>
  lines.find((line) => isInside(offset, line.span));

/** The field at an offset. The space around a value belongs to its field; behind the sixth column there are none. */
export function cellAt(csv: CsvDocument, offset: number): CursorCell | undefined {
  const line = lineAt(csv, offset);
  if (line?.kind !== "row") return undefined;
  const index = Math.max(
    0,
    line.cells.findLastIndex(({ outer }) => outer.start <= offset),
  );
  const column = columns[index];
  const cell = line.cells[index];
  return column && cell && { row: line, column, cell };
}

export const readRowOf = ({ table }: Analysis, row: CsvRow): ReadRow | undefined =>
  table.rows.find((read) => read.row === row);

export const entryOf = ({ table }: Analysis, row: CsvRow): PlacedEntry | undefined =>
  table.entries.find((entry) => entry.row === row);

/** For features that go through all rows: looking up one after the other would take too long in a huge file. */
export const entriesByRow = ({ table }: Analysis): ReadonlyMap<CsvRow, PlacedEntry> =>
  new Map(table.entries.map((entry) => [entry.row, entry]));

export const readsByRow = ({ table }: Analysis): ReadonlyMap<CsvRow, ReadRow> =>
  new Map(table.rows.map((read) => [read.row, read]));
