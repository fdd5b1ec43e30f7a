import type { LayoutRow } from "../edit/intent";
import type { PartitionEntry } from "../table/entry";

/** The partitions of a table that is known without its text, as rows that are numbered in their order. */
export const entryRows = (entries: readonly PartitionEntry[]): LayoutRow[] =>
  entries.map((entry, row) => ({ ...entry, row, blankOffset: false, automatic: false }));
