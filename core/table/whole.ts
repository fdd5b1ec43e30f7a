import type { CsvDocument } from "./csv";
import { isComplete, type PartitionEntry, type PlacedEntry } from "./entry";
import type { PartitionTable } from "./table";

/** The entries of a table of which every row could be read and has a place; undefined for any other. */
export function wholeEntries({
  csv,
  table,
}: {
  readonly csv: CsvDocument;
  readonly table: PartitionTable;
}): (PlacedEntry & PartitionEntry)[] | undefined {
  const entries = table.entries.filter(isComplete);
  const isWhole =
    entries.length === table.rows.length &&
    table.rows.every(({ faults }) => faults.length === 0) &&
    csv.lines.every(({ kind }) => kind !== "unknown-variable");
  return isWhole ? entries : undefined;
}
