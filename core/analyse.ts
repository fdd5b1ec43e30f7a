import type { Facts } from "./facts";
import { check, type SeverityOverrides } from "./rules/check";
import type { Problem } from "./rules/rule";
import { type CsvDocument, parseCsv } from "./table/csv";
import { type FlashLayout, layoutOf } from "./table/layout";
import { type PartitionTable, readTable } from "./table/table";

/** Everything that follows from a CSV and the facts around it. */
export interface Analysis {
  readonly facts: Facts;
  readonly csv: CsvDocument;
  readonly table: PartitionTable;
  readonly layout: FlashLayout;
  readonly problems: readonly Problem[];
}

/** The longest text that is read, in UTF-16 units: a table of 95 rows with comments stays far below. */
export const MAX_TEXT = 1024 * 1024;

/**
 * The one entrance of the core: reads the text, places the partitions and asks every rule. Never throws.
 * A text beyond MAX_TEXT is not read; the one problem says so.
 */
export function analyse(text: string, facts: Facts, overrides: SeverityOverrides = {}): Analysis {
  const csv = parseCsv(text.length <= MAX_TEXT ? text : "", facts.environment);
  const table = readTable(csv, facts);
  const layout = layoutOf(table.entries, facts);
  const subject = { csv: { ...csv, text }, table, layout, facts };
  return { ...subject, problems: check(subject, overrides) };
}

/** Whether the tool, the device or MicroPython would refuse the table: nothing is exported then. */
export const hasErrors = ({ problems }: Pick<Analysis, "problems">): boolean =>
  problems.some(({ severity }) => severity === "error");
