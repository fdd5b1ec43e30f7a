import { alignUp } from "../text/units";
import { type CsvDocument, cellOf } from "./csv";
import type { PlacedEntry } from "./entry";
import { firstFreeOffset, type TableOptions } from "./options";
import { type ReadRow, readRow } from "./read";
import { isPrimary, offsetAlignment } from "./subtypes";

/** The rows of a CSV as read, and the entries of those rows whose place in flash is known, in the order of the CSV. */
export interface PartitionTable {
  readonly rows: readonly ReadRow[];
  readonly entries: readonly PlacedEntry[];
}

/** Reads and places all rows; what is wrong with them stays with them as data. */
export const readTable = (csv: CsvDocument, options: TableOptions): PartitionTable =>
  placeRows(
    csv.rows.map((row) => readRow(row, options)),
    options,
  );

/**
 * The placement loop of `PartitionTable.from_csv`: it walks down the rows, never looks back and never reuses a hole.
 * Behind a row whose end is unknown, blank offsets stay unknown until a row names its offset again.
 */
export function placeRows(rows: readonly ReadRow[], options: TableOptions): PartitionTable {
  const entries: PlacedEntry[] = [];
  let lastEnd: number | undefined = firstFreeOffset(options);
  for (const read of rows) {
    const exempt = isPrimary(read.type, read.subtype);
    const previousEnd: number | undefined = exempt ? undefined : lastEnd;
    const offset = offsetOf(read, lastEnd);
    const size = sizeOf(read, offset);
    if (offset !== undefined && size !== undefined) entries.push(entryOf(read, offset, size, previousEnd));
    if (!exempt) lastEnd = offset !== undefined && size !== undefined ? offset + size : undefined;
  }
  return { rows, entries };
}

function offsetOf(read: ReadRow, lastEnd: number | undefined): number | undefined {
  if (!read.blankOffset) return read.offset;
  // A blank offset depends on the type: while the type cannot be read, any place would be a guess.
  if (lastEnd === undefined || read.type === undefined) return undefined;
  return alignUp(lastEnd, offsetAlignment(read.type));
}

function sizeOf({ size }: ReadRow, offset: number | undefined): number | undefined {
  if (size === undefined || size >= 0) return size;
  return offset === undefined ? undefined : -size - offset;
}

const entryOf = (
  read: ReadRow,
  offset: number,
  size: number,
  previousEnd: number | undefined,
): PlacedEntry => ({
  name: read.name,
  type: read.type,
  subtype: read.subtype,
  offset,
  size,
  encrypted: read.encrypted,
  readonly: read.readonly,
  row: read.row,
  automatic: cellOf(read.row, "offset").text === "" || isPrimary(read.type, read.subtype),
  previousEnd,
});
