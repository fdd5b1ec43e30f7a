import { endOf } from "../table/entry";
import { firstFreeOffset, type TableOptions } from "../table/options";
import { isPrimary } from "../table/subtypes";
import { nextOffset, placeBehind, placeRows } from "../table/table";
import type { LayoutRow, Place } from "./intent";

/** Places by the number of their row; rows without a place are missing. */
export type Places = ReadonlyMap<number, Place>;

export const placesOf = (rows: readonly LayoutRow[], options: Pick<TableOptions, "tableOffset">): Places =>
  new Map(placeRows(rows, options).map(({ row, offset, size }) => [row, { row, offset, size }]));

/**
 * The rows, in their order, with the fields that put each where it shall lie. A blank offset stays blank where that is
 * its place anyway, otherwise it is written out; a row whose fields are right already is returned as it is.
 */
export function pinned(
  rows: readonly LayoutRow[],
  places: Places,
  options: Pick<TableOptions, "tableOffset">,
): LayoutRow[] {
  let lastEnd: number | undefined = firstFreeOffset(options);
  return rows.map((row) => {
    if (isPrimary(row.type, row.subtype)) return row;
    const wanted = places.get(row.row);
    const kept = wanted ? rowAt(wanted, row, lastEnd) : row;
    const place = placeBehind(lastEnd, kept);
    lastEnd = place && endOf(place);
    return kept;
  });
}

function rowAt(place: Place, row: LayoutRow, lastEnd: number | undefined): LayoutRow {
  const isNatural = row.blankOffset && nextOffset(lastEnd, row) === place.offset;
  const offset = isNatural ? undefined : place.offset;
  const size = sizeField(place, row);
  if (offset === row.offset && size === row.size) return row;
  // A row whose offset the tool computes is never given another one, so it stays automatic.
  const isWritten = row.blankOffset && !isNatural;
  return {
    ...row,
    offset,
    size,
    blankOffset: row.blankOffset && isNatural,
    automatic: row.automatic && !isWritten,
  };
}

/** A negative size is the address of the end, so it stays while the end does. */
const sizeField = (place: Place, { size = 0 }: LayoutRow): number => (size < 0 ? -endOf(place) : place.size);
