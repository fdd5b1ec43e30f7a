import type { Facts } from "./facts";
import { check, type SeverityOverrides } from "./rules/check";
import type { Problem } from "./rules/rule";
import { type CsvDocument, parseCsv } from "./table/csv";
import { type FlashLayout, layoutOf } from "./table/layout";
import { isTooLarge } from "./table/limits";
import { type PartitionTable, readTable } from "./table/table";

/** Everything that follows from a CSV and the facts around it. */
export interface Analysis {
  readonly facts: Facts;
  readonly csv: CsvDocument;
  readonly table: PartitionTable;
  readonly layout: FlashLayout;
  readonly problems: readonly Problem[];
}

export { MAX_TEXT } from "./table/limits";

/**
 * The one entrance of the core: reads the text, places the partitions and asks every rule. Never throws.
 * A text that is too large is not read; the one problem says so.
 */
export function analyse(text: string, facts: Facts, overrides: SeverityOverrides = {}): Analysis {
  const tooLarge = isTooLarge(text);
  const csv = parseCsv(tooLarge ? "" : text, facts.environment);
  const table = readTable(csv, facts);
  const layout = layoutOf(table.entries, facts);
  const subject = { csv: { ...csv, text }, table, layout, facts };
  const problems = check(subject, overrides);
  // What the other rules say of a text that was not read is about an empty table.
  return { ...subject, problems: tooLarge ? problems.filter(({ id }) => id === "file-too-large") : problems };
}

/** Whether the tool, the device or MicroPython would refuse the table: nothing is exported then. */
export const hasErrors = ({ problems }: Pick<Analysis, "problems">): boolean =>
  problems.some(({ severity }) => severity === "error");
