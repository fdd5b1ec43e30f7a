import type { Analysis } from "../../core/analyse";
import { layoutRows } from "../../core/edit/editText";
import type { LayoutRow } from "../../core/edit/intent";
import { editOptions } from "../../core/edit/options";
import type { Facts } from "../../core/facts";
import { fitOf } from "../../core/language/fit";
import { micropythonSlot } from "../../core/ota/micropythonSlot";
import type { SourceFile } from "../../core/project/sourceTable";
import { type CsvRow, cellOf, columns, parseCsv } from "../../core/table/csv";
import { readTable } from "../../core/table/table";
import {
  type LayoutSnapshot,
  MAX_FIELD,
  type SnapshotBinary,
  type SnapshotRow,
  type SnapshotSource,
} from "../../protocol/webview";
import type { LayoutFacts } from "./facts";
import { shownProblems, snapshotProblem } from "./problems";
import { whyUndrawn } from "./undrawn";

/** What a snapshot says beside the table itself. */
export interface SnapshotContext extends LayoutFacts {
  readonly version: number;
  readonly title: string;
  /** Why nothing can be changed, as a sentence. */
  readonly locked: string | undefined;
}

/** All that a page shows of a table. */
export function snapshotOf(analysis: Analysis, context: SnapshotContext): LayoutSnapshot {
  const { csv, table, facts } = analysis;
  return {
    ...settingOf(context),
    rows: layoutRows(table).map((row, index) => snapshotRow(row, csv.rows[index])),
    problems: shownProblems(analysis).map((problem) => snapshotProblem(problem, csv.rows)),
    ...(facts.micropython ? { binary: binaryOf(analysis, facts.micropython) } : {}),
  };
}

/** What a page shows instead of a table that cannot be drawn. */
export const undrawnSnapshot = (unreadable: string, context: SnapshotContext): LayoutSnapshot => ({
  ...settingOf(context),
  unreadable,
  rows: [],
  problems: [],
});

function settingOf(context: SnapshotContext): Omit<LayoutSnapshot, "rows" | "problems"> {
  const { version, title, locked, surroundings } = context;
  const { facts, role, source } = surroundings;
  return {
    version,
    title,
    ...(locked === undefined ? {} : { locked }),
    role,
    ...(facts.chip ? { chip: facts.chip.name } : {}),
    options: editOptions(facts),
    ...(source ? { source: sourceOf(source, facts) } : {}),
  };
}

/** What came from a `$VARIABLE` cannot be written over, and what is shown only in part must not be written back. */
function snapshotRow(row: LayoutRow, source: CsvRow | undefined): SnapshotRow {
  const texts = source ? columns.map((column) => cellOf(source, column).text) : [];
  const isFixed = !source?.verbatim || texts.some((text) => text.length > MAX_FIELD);
  return {
    ...row,
    name: shortened(row.name),
    cells: texts.map(shortened),
    ...(isFixed ? { isFixed } : {}),
  };
}

const shortened = (text: string): string => text.slice(0, MAX_FIELD);

function binaryOf(analysis: Analysis, binary: NonNullable<Facts["micropython"]>): SnapshotBinary {
  const slot = micropythonSlot(analysis.table);
  return {
    title: binary.title || binary.name,
    appSize: binary.appSize,
    ...fitOf(analysis, binary),
    ...(slot ? { slot: analysis.csv.rows.indexOf(slot.row) } : {}),
  };
}

/** The same device as that of the table itself, so its facts are the same. */
function sourceOf({ title, text, fault }: SourceFile, facts: Facts): SnapshotSource {
  if (text === undefined) return { title, rows: [], fault };
  const undrawn = whyUndrawn(title, text, facts.environment);
  if (undrawn !== undefined) return { title, rows: [], fault: undrawn };
  return {
    title,
    rows: layoutRows(readTable(parseCsv(text, facts.environment), facts)).map((row) => ({
      ...row,
      name: shortened(row.name),
    })),
  };
}
