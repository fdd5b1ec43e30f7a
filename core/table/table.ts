import { alignUp } from "../text/units";
import type { CsvDocument } from "./csv";
import { endOf, type PlacedEntry } from "./entry";
import { firstFreeOffset, type TableOptions } from "./options";
import { type PlaceableRow, type ReadRow, readRow } from "./read";
import { isPrimary, offsetAlignment } from "./subtypes";

/** The rows of a CSV as read, and the entries of those rows whose place in flash is known, in the order of the CSV. */
export interface PartitionTable {
  readonly rows: readonly ReadRow[];
  readonly entries: readonly PlacedEntry[];
}

/** Reads and places all rows; what is wrong with them stays with them as data. */
export function readTable(csv: CsvDocument, options: TableOptions): PartitionTable {
  const rows = csv.rows.map((row) => readRow(row, options));
  return { rows, entries: placeRows(rows, options) };
}

/**
 * The placement loop of `PartitionTable.from_csv`: it walks down the rows, never looks back and never reuses a hole.
 * Behind a row whose end is unknown, blank offsets stay unknown until a row names its offset again.
 */
export function placeRows<Row>(
  rows: readonly PlaceableRow<Row>[],
  options: Pick<TableOptions, "tableOffset">,
): PlacedEntry<Row>[] {
  const entries: PlacedEntry<Row>[] = [];
  let lastEnd: number | undefined = firstFreeOffset(options);
  for (const read of rows) {
    const exempt = isPrimary(read.type, read.subtype);
    const place = placeBehind(lastEnd, read);
    if (place) entries.push(entryOf(read, place.offset, place.size, exempt ? undefined : lastEnd));
    if (!exempt) lastEnd = place && endOf(place);
  }
  return entries;
}

/** Where a row lies when the rows above it end at `lastEnd`. */
export function placeBehind(
  lastEnd: number | undefined,
  read: PlaceableRow<unknown>,
): { readonly offset: number; readonly size: number } | undefined {
  const offset = read.blankOffset ? nextOffset(lastEnd, read) : read.offset;
  const size = sizeOf(read, offset);
  return offset === undefined || size === undefined ? undefined : { offset, size };
}

/** The offset that a blank field stands for. */
export function nextOffset(
  lastEnd: number | undefined,
  { type }: Pick<PlaceableRow<unknown>, "type">,
): number | undefined {
  // It depends on the type: while the type cannot be read, any place would be a guess.
  if (lastEnd === undefined || type === undefined) return undefined;
  return alignUp(lastEnd, offsetAlignment(type));
}

function sizeOf({ size }: PlaceableRow<unknown>, offset: number | undefined): number | undefined {
  if (size === undefined || size >= 0) return size;
  return offset === undefined ? undefined : -size - offset;
}

const entryOf = <Row>(
  read: PlaceableRow<Row>,
  offset: number,
  size: number,
  previousEnd: number | undefined,
): PlacedEntry<Row> => ({
  name: read.name,
  type: read.type,
  subtype: read.subtype,
  offset,
  size,
  encrypted: read.encrypted,
  readonly: read.readonly,
  row: read.row,
  automatic: read.automatic,
  previousEnd,
});
