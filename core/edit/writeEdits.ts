import { type Column, type CsvDocument, cellOf, columns } from "../table/csv";
import { setCells } from "../table/edit";
import { strip } from "../text/python";
import type { LayoutIntent } from "./intent";
import { type EditedText, refuse } from "./outcome";

export type Write = Extract<LayoutIntent, { kind: "write" }>;
type Cells = { readonly [C in Column]?: string };

/** Fields as typed, as far as they differ from what the row says. */
export function writeEdits(csv: CsvDocument, intent: Write): EditedText {
  const row = csv.rows[intent.row];
  if (!row) return refuse(`There is no row ${intent.row + 1} in the table any more.`);
  if (!row.verbatim)
    return refuse("A $VARIABLE stands for some of the fields of this row. Change it in the text.");
  const cells = writtenCells(intent);
  for (const column of columns) {
    const fault = fieldFault(column, cells[column] ?? "");
    if (fault) return refuse(fault);
  }
  const changed = columns.filter(
    (column) => cells[column] !== undefined && cells[column] !== cellOf(row, column).text,
  );
  return {
    ok: true,
    edits: setCells(row, Object.fromEntries(changed.map((column) => [column, cells[column]]))),
  };
}

/** The fields that are typed, without the blanks around them, which the tool does not see. */
export const writtenCells = ({ cells }: Write): Cells =>
  Object.fromEntries(
    columns.flatMap((column) => (cells[column] === undefined ? [] : [[column, strip(cells[column])]])),
  );

/** Why a field cannot hold a text, as a sentence: the CSV has no quotes. */
export function fieldFault(column: Column, text: string): string | undefined {
  if (/[,\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/.test(strip(text)))
    return `The ${column} cannot hold a comma or a line end: it would end the field.`;
  if (column === "name" && strip(text).startsWith("#"))
    return "The name cannot begin with '#': the row would become a comment.";
  return undefined;
}
