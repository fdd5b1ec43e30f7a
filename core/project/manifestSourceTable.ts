import { noFacts } from "../facts";
import type { ImageReport } from "../image/inspect";
import type { TableRow } from "../image/tableRows";
import { parseCsv } from "../table/csv";
import type { PartitionEntry } from "../table/entry";
import { keptName } from "../table/label";
import { readTable } from "../table/table";
import { wholeEntries } from "../table/whole";
import { hex, sizeText } from "../text/units";
import type { InspectedFile, ReadTable } from "./manifestFiles";
import { type ManifestProblem, manifestProblem } from "./manifestProblem";

/**
 * The repartitioner compares the table in flash byte for byte with the source table and stops where it differs, so a dump
 * of a device must have that very table. Of a table that is still being written nothing is said.
 */
export function sourceTableContradiction(
  table: ReadTable | undefined,
  files: readonly InspectedFile[],
): ManifestProblem[] {
  const [dump] = files.flatMap(({ report, ...file }) =>
    file.use !== "micropython" && isDump(report) ? [{ ...file, ...report }] : [],
  );
  const entries = table && dump && entriesOf(table.text, dump.tableOffset);
  const difference = entries && differenceOf(entries, dump.rows);
  if (!table || !dump || difference === undefined) return [];
  const message = `'${table.name}' is not the table of the device in '${dump.name}': ${difference}. Choose the table that the devices have; 'crossflash decode' makes a CSV of the dump.`;
  const related = [{ at: dump.at, message: "This is the dump of the device." }];
  return [manifestProblem("manifest-source-table", { at: table.at, message, related })];
}

type Dump = Extract<ImageReport, { readonly kind: "combined" | "flash-dump" }>;

const isDump = (report: ImageReport): report is Dump => report.kind === "flash-dump";

function entriesOf(text: string, tableOffset: number): readonly PartitionEntry[] | undefined {
  const options = { ...noFacts, tableOffset };
  const csv = parseCsv(text, options.environment);
  return wholeEntries({ csv, table: readTable(csv, options) });
}

/** The first row in which they differ, or what only one of them has; undefined where they are the same. */
function differenceOf(entries: readonly PartitionEntry[], rows: readonly TableRow[]): string | undefined {
  const row = rows.find((row, index) => !isSame(entries[index], row));
  if (row) return `there '${row.label}' lies at ${hex(row.offset)} with ${sizeText(row.size)}`;
  const beyond = entries[rows.length];
  return beyond && `there is no '${beyond.name}' there`;
}

const isSame = (entry: PartitionEntry | undefined, row: TableRow): boolean =>
  entry !== undefined &&
  entry.type === row.type &&
  entry.subtype === row.subtype &&
  entry.offset === row.offset &&
  entry.size === row.size &&
  printable(keptName(entry.name)) === row.label;

/** The label of a row has nothing else. */
const printable = (name: string): string => name.replace(/[^ -~]/g, "");
