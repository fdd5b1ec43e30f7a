import type { Analysis } from "../analyse";
import { headerChanges, isInSync } from "./headerPatch";
import { headerTable } from "./index";
import { readHeader } from "./readHeader";

/**
 * Whether a header says what the table says. A table with errors is never in sync, for it cannot be exported; a header
 * is unreadable when the export would refuse it whatever the table is.
 */
export type HeaderState = "in-sync" | "out-of-date" | "unreadable";

/** Compares the array and the macros with the table; how they are written does not count. */
export function headerState(text: string, analysis: Analysis): HeaderState {
  const table = headerTable(analysis);
  const header = readHeader(text);
  if (!table.ok) return header.array.ok ? "out-of-date" : "unreadable";
  const changes = headerChanges(header, table.value);
  if (changes.ok) return isInSync(changes.value) ? "in-sync" : "out-of-date";
  return changes.reason === "no-partition" ? "out-of-date" : "unreadable";
}
