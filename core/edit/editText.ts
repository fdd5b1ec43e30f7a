import type { Analysis } from "../analyse";
import { type CsvDocument, cellOf, columns, parseCsv } from "../table/csv";
import { isTooLarge } from "../table/limits";
import { type PartitionTable, readTable } from "../table/table";
import { applyEdits, type TextEdit } from "../text/span";
import { applyIntent, type GeometryIntent } from "./apply";
import type { LayoutIntent, LayoutRow } from "./intent";
import { editOptions } from "./options";
import { type EditedText, refuse } from "./outcome";
import { rowEdits } from "./rowEdits";
import { fieldFault, type Write, writeEdits, writtenCells } from "./writeEdits";

/** The part of an analysis that an edit looks at. */
export type Editable = Pick<Analysis, "csv" | "table" | "facts">;

/** The rows of a table without their text, numbered from 0. */
export const layoutRows = ({ rows }: Pick<PartitionTable, "rows">): LayoutRow[] =>
  rows.map(({ faults: _, ...read }, row) => ({ ...read, row }));

/**
 * The fewest changes of the text that do what an intent wants: fields that differ and lines that come, go or move; all
 * others stay as they are. The changes are tried before they are given away: where the text would then not be read as
 * the rows that are wanted, nothing is changed.
 */
export function editText(analysis: Editable, intent: LayoutIntent): EditedText {
  if (isTooLarge(analysis.csv.text))
    return refuse("The text is too large for a partition table, so it is not read. Change it in the text.");
  return intent.kind === "write" ? editCells(analysis, intent) : editRows(analysis, intent);
}

function editRows(analysis: Editable, intent: GeometryIntent): EditedText {
  const { csv, table, facts } = analysis;
  const fault = intent.kind === "add" ? fieldFault("name", intent.name) : undefined;
  if (fault) return refuse(fault);
  const before = layoutRows(table);
  const after = applyIntent(before, intent, editOptions(facts));
  if (!after.ok) return after;
  const edited = rowEdits(csv, before, after.rows, intent);
  if (!edited.ok) return edited;
  const { rows } = readAfter(analysis, edited.edits);
  const isAsWanted =
    rows.length === after.rows.length && after.rows.every((row, index) => isSame(row, rows[index]));
  return isAsWanted ? withoutEmpty(csv, edited.edits) : refuse(misread);
}

function editCells(analysis: Editable, intent: Write): EditedText {
  const { csv, table } = analysis;
  const edited = writeEdits(csv, intent);
  if (!edited.ok) return edited;
  const after = readAfter(analysis, edited.edits);
  const isAsWanted =
    after.rows.length === table.rows.length &&
    layoutRows(table).every((row, index) => index === intent.row || isSame(row, after.rows[index])) &&
    isAsTyped(csv, after.csv, intent);
  return isAsWanted ? withoutEmpty(csv, edited.edits) : refuse(misread);
}

const misread =
  "The text would then be read as another table, for example because of a $VARIABLE. Change it in the text.";

function readAfter({ csv, facts }: Editable, edits: readonly TextEdit[]) {
  const after = parseCsv(applyEdits(csv.text, edits), facts.environment);
  return { csv: after, rows: layoutRows(readTable(after, facts)) };
}

const fields = [
  "name",
  "type",
  "subtype",
  "offset",
  "size",
  "blankOffset",
  "automatic",
  "encrypted",
  "readonly",
] as const;

/** Whether two rows say the same, wherever they stand. */
const isSame = (row: LayoutRow, other: LayoutRow | undefined): boolean =>
  fields.every((field) => row[field] === other?.[field]);

function isAsTyped(before: CsvDocument, after: CsvDocument, intent: Write): boolean {
  const [old, written] = [before.rows[intent.row], after.rows[intent.row]];
  const typed = writtenCells(intent);
  return (
    old !== undefined &&
    written !== undefined &&
    columns.every((column) => cellOf(written, column).text === (typed[column] ?? cellOf(old, column).text))
  );
}

const withoutEmpty = ({ text }: CsvDocument, edits: readonly TextEdit[]): EditedText => ({
  ok: true,
  edits: edits.filter(({ span: { start, end }, newText }) => text.slice(start, end) !== newText),
});
