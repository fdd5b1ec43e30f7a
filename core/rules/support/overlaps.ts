import { endOf, type PlacedEntry } from "../../table/entry";
import { isPrimary } from "../../table/subtypes";

/**
 * Every entry with the one before it in flash that reaches furthest into it. What lies on the table itself, below
 * `lowest`, is another rule's problem.
 */
export function* overlappingPairs(
  entries: readonly PlacedEntry[],
  lowest: number,
): Iterable<readonly [PlacedEntry, PlacedEntry]> {
  const free = entries.filter((entry) => lowest <= entry.offset || isPrimary(entry.type, entry.subtype));
  let furthest: PlacedEntry | undefined;
  for (const entry of free.toSorted((a, b) => a.offset - b.offset)) {
    if (furthest && entry.offset < endOf(furthest)) yield [furthest, entry];
    if (!furthest || endOf(furthest) < endOf(entry)) furthest = entry;
  }
}
