import { type Column, cellOf, rowSpan } from "../../table/csv";
import type { PlacedEntry } from "../../table/entry";
import type { PartitionTable } from "../../table/table";
import type { Span } from "../../text/span";

/** Entries of one type and subtype, in the order of the rows. */
export const entriesOf = ({ entries }: PartitionTable, type: number, subtype: number): PlacedEntry[] =>
  entries.filter((entry) => entry.type === type && entry.subtype === subtype);

/** Where to show a problem of a field: the field, or the whole row while the field is blank. */
export function fieldSpan({ row }: Pick<PlacedEntry, "row">, column: Column): Span {
  const { span } = cellOf(row, column);
  return span.start === span.end ? rowSpan(row) : span;
}

/** Groups of entries that share a key, each in the order of the rows, only those with more than one. */
export function duplicatesBy<K>(
  entries: readonly PlacedEntry[],
  keyOf: (entry: PlacedEntry) => K,
): PlacedEntry[][] {
  const groups = new Map<K, PlacedEntry[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group) group.push(entry);
    else groups.set(keyOf(entry), [entry]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
