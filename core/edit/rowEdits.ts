import { type CsvDocument, type CsvRow, cellOf } from "../table/csv";
import {
  deleteRows,
  insertLineBefore,
  insertLineBehind,
  numberLike,
  rowLike,
  setNumber,
} from "../table/edit";
import { strip } from "../text/python";
import { applyEdits, span, type TextEdit } from "../text/span";
import { hex } from "../text/units";
import type { GeometryIntent } from "./apply";
import type { LayoutRow } from "./intent";
import { movedRows } from "./moved";
import { type EditedText, refuse } from "./outcome";

/**
 * The changes of the text that turn the rows before an intent into those after it. A row that moves or goes takes its
 * own line and no comment along: whether the one above is about this row, about several or about the whole table, as
 * the heading is, only people know.
 */
export function rowEdits(
  csv: CsvDocument,
  before: readonly LayoutRow[],
  after: readonly LayoutRow[],
  intent: GeometryIntent,
): EditedText {
  const changed = after.filter((row) => before[row.row] && row !== before[row.row]);
  const fixed = changed.find(({ row }) => !csv.rows[row]?.verbatim);
  if (fixed)
    return refuse(
      `The row of '${fixed.name}' would have to change, but a $VARIABLE stands for some of its fields. Change it in the text.`,
    );
  const moved = movedRows(before, after, intent);
  const remaining = new Set(after.map(({ row }) => row));
  const leaving = csv.rows.filter((_, row) => moved.has(row) || !remaining.has(row));
  const inPlace = changed.filter(({ row }) => !moved.has(row));
  return {
    ok: true,
    edits: [
      ...inPlace.flatMap((row) => fieldEdits(csv, before, row)),
      ...insertions(csv, before, after, moved, intent),
      ...deleteRows(csv, leaving),
    ],
  };
}

/** A blank offset is written out in hex; other numbers keep the notation of their field. */
function fieldEdits(csv: CsvDocument, before: readonly LayoutRow[], after: LayoutRow): TextEdit[] {
  const [own, old] = [csv.rows[after.row], before[after.row]];
  if (!own || !old) return [];
  const { offset, size } = after;
  return [
    ...(offset === undefined || offset === old.offset ? [] : [setNumber(own, "offset", offset)]),
    ...(size === undefined || size === old.size ? [] : [setNumber(own, "size", size)]),
  ];
}

/** Each new or moved line directly behind that of the row above it, which keeps a comment above the next row with that. */
function insertions(
  csv: CsvDocument,
  before: readonly LayoutRow[],
  after: readonly LayoutRow[],
  moved: ReadonlySet<number>,
  intent: GeometryIntent,
): TextEdit[] {
  const stays = ({ row }: LayoutRow): CsvRow | undefined => (moved.has(row) ? undefined : csv.rows[row]);
  const first = after.map(stays).find((row) => row !== undefined);
  let above: CsvRow | undefined;
  return after.flatMap((row) => {
    const staying = stays(row);
    if (staying) above = staying;
    if (staying) return [];
    const line = movedLine(csv, before, row) ?? newLine(row, intent, above ?? first);
    return above || !first ? [insertLineBehind(csv, above, line)] : [insertLineBefore(csv, first, line)];
  });
}

/** The line of a row with its changes. */
function movedLine(csv: CsvDocument, before: readonly LayoutRow[], row: LayoutRow): string | undefined {
  const own = csv.rows[row.row];
  if (!own) return undefined;
  const { start, end } = own.span;
  const inLine = fieldEdits(csv, before, row).map((edit) => ({
    ...edit,
    span: span(edit.span.start - start, edit.span.end - start),
  }));
  return applyEdits(csv.text.slice(start, end), inLine);
}

/** A row that is written as the one beside it: in the same columns, its numbers in the same notation. */
function newLine(
  { name, offset, size }: LayoutRow,
  intent: GeometryIntent,
  like: CsvRow | undefined,
): string {
  const [type, subtype] = intent.kind === "add" ? [strip(intent.type), strip(intent.subtype)] : ["", ""];
  const spelled = (column: "offset" | "size", value: number): string =>
    like ? numberLike(cellOf(like, column).text, value) : hex(value);
  return rowLike(like, [
    name,
    type,
    subtype,
    offset === undefined ? "" : spelled("offset", offset),
    size === undefined ? "" : spelled("size", size),
  ]);
}
