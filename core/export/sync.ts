import type { Analysis } from "../analyse";
import { patchHeader } from "./headerPatch";
import { headerTable } from "./index";
import { findTableArray } from "./tableArray";

/**
 * Whether a header says what the table says. A table with errors is never in sync, for it cannot be exported; a header
 * is unreadable when the export would refuse it whatever the table is.
 */
export type HeaderState = "in-sync" | "out-of-date" | "unreadable";

/** Compares the array and the macros with the table; how they are written does not count. */
export function headerState(text: string, analysis: Analysis): HeaderState {
  const table = headerTable(analysis);
  if (!table.ok) return findTableArray(text).ok ? "out-of-date" : "unreadable";
  const patch = patchHeader(text, table.value);
  if (patch.ok) return patch.value.edits.length === 0 ? "in-sync" : "out-of-date";
  return patch.reason === "no-partition" ? "out-of-date" : "unreadable";
}
