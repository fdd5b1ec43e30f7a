import type { Analysis } from "../analyse";
import { endOf } from "../table/entry";
import { firstFreeOffset } from "../table/options";
import type { ReadRow } from "../table/read";
import { isPrimary, offsetAlignment } from "../table/subtypes";
import { alignDown } from "../text/units";

/** Where the rows above `offset` of the text end in flash; unknown behind a row that could not be placed. */
export function endAbove({ table, facts }: Analysis, offset: number): number | undefined {
  const above = table.rows.filter((read) => read.row.span.end < offset && movesOn(read));
  const last = above.at(-1)?.row;
  if (!last) return firstFreeOffset(facts);
  const entry = table.entries.find(({ row }) => row === last);
  return entry && endOf(entry);
}

/**
 * How far a partition at `offset` of the text may reach: to the next row that names its offset, or to the end of
 * flash, less what the rows between need, which move up to make room.
 */
export function limitBelow({ table, facts }: Analysis, offset: number): number | undefined {
  const below = table.rows.filter((read) => read.row.span.start > offset && movesOn(read));
  const fixed = below.findIndex(({ blankOffset }) => !blankOffset);
  const end = fixed === -1 ? (facts.flashSize ?? facts.micropython?.flashSize) : below[fixed]?.offset;
  return (fixed === -1 ? below : below.slice(0, fixed)).reduceRight(startBefore, end);
}

/** The highest offset from which the row still ends at `end`. */
function startBefore(end: number | undefined, { size, type }: ReadRow): number | undefined {
  if (end === undefined || size === undefined || size < 0) return undefined;
  return alignDown(end - size, offsetAlignment(type));
}

/** The rows that the tool places itself stand outside the order of the others. */
const movesOn = ({ type, subtype }: ReadRow): boolean => !isPrimary(type, subtype);
