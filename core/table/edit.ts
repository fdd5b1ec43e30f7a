import { lineEndOf } from "../text/lines";
import { insertAt, type Span, span, type TextEdit } from "../text/span";
import { csvSize, hex } from "../text/units";
import { type Column, type CsvDocument, type CsvRow, cellOf, columns } from "./csv";

/**
 * Writes a value into a field and leaves everything else as it is. A field that the row does not have yet is added
 * behind its last one, with the commas between.
 */
export function setCell(row: CsvRow, column: Column, value: string): TextEdit {
  const missing = columns.indexOf(column) - (row.cells.length - 1);
  const cell = cellOf(row, column);
  if (missing > 0) return insertAt(cell.span.end, `${",".repeat(missing)} ${value}`);
  // A blank field directly behind its comma gets the space that makes the row readable.
  const isBare = cell.span.start === cell.span.end && cell.span.start === cell.outer.start;
  return { span: cell.span, newText: isBare && value !== "" && column !== "name" ? ` ${value}` : value };
}

/** Writes a number in the notation that the field has now: `K`/`M`, hexadecimal or decimal; a blank one becomes hexadecimal. */
export function setNumber(row: CsvRow, column: "offset" | "size", value: number): TextEdit {
  return setCell(row, column, numberLike(cellOf(row, column).text, value));
}

/** Several fields of a row at once. A missing field that is to be blank stays missing. */
export function setCells(row: CsvRow, values: { readonly [C in Column]?: string | undefined }): TextEdit[] {
  const written = columns.filter((column) => values[column] !== undefined);
  const isThere = (column: Column): boolean => columns.indexOf(column) < row.cells.length;
  const present = written.filter(isThere).map((column) => setCell(row, column, values[column] ?? ""));
  const missing = columns.filter((column) => !isThere(column));
  const last = missing.findLastIndex((column) => values[column]);
  if (last === -1) return present;
  const added = missing.slice(0, last + 1).map((column) => (values[column] ? `, ${values[column]}` : ","));
  return [...present, insertAt(cellOf(row, "flags").span.end, added.join(""))];
}

/** Spells a number as a field spells its own, capitals included. */
export function numberLike(text: string, value: number): string {
  if (/[km]$/i.test(text)) return /[km]$/.test(text) ? csvSize(value).toLowerCase() : csvSize(value);
  if (/^-?[1-9][0-9_]*$/.test(text)) return String(value);
  return /^-?0x.*[A-F]/.test(text)
    ? hex(value).replace(/[a-f]/g, (digit) => digit.toUpperCase())
    : hex(value);
}

/** Writes a row whose values begin in the same columns as those of a given row. */
export function rowLike(row: CsvRow | undefined, values: readonly string[]): string {
  const cells = row?.verbatim ? row.cells : [];
  const written = values.reduce((line, value, column) => {
    const cell = cells[column];
    if (column === 0) return value;
    const isTight = cell !== undefined && cell.span.start === cell.outer.start;
    const start = row && cell ? cell.span.start - row.span.start : 0;
    return `${line},${isTight ? "" : " "}`.padEnd(start) + value;
  }, "");
  return cells.length > values.length ? `${written},` : written;
}

/** Puts a line directly behind that of a row; without one, behind all lines. */
export function insertLineBehind(
  { text, lines }: CsvDocument,
  row: CsvRow | undefined,
  line: string,
): TextEdit {
  const lineEnd = lineEndOf(text);
  if (row) return insertAt(row.span.end, lineEnd + line);
  const isOpen = (lines.at(-1)?.span.end ?? 0) === text.length;
  return insertAt(text.length, isOpen && text !== "" ? lineEnd + line : line + lineEnd);
}

export const insertLineBefore = ({ text }: CsvDocument, row: CsvRow, line: string): TextEdit =>
  insertAt(row.span.start, line + lineEndOf(text));

/** The whole line of a row with the line end behind it (or before it, on the last line), as taken out by a deletion. */
function lineSpan({ text, lines }: CsvDocument, row: CsvRow): Span {
  const next = lines[row.number];
  if (next) return span(row.span.start, next.span.start);
  const previous = lines[row.number - 2];
  return previous && row.span.end === text.length
    ? span(previous.span.end, text.length)
    : span(row.span.start, text.length);
}

/** Takes out several rows; what lies between two of them goes once. */
export function deleteRows(csv: CsvDocument, rows: readonly CsvRow[]): TextEdit[] {
  const spans: Span[] = [];
  for (const next of rows.map((row) => lineSpan(csv, row)).sort((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last && next.start <= last.end) spans.splice(-1, 1, span(last.start, Math.max(last.end, next.end)));
    else spans.push(next);
  }
  return spans.map((taken) => ({ span: taken, newText: "" }));
}

export const deleteRow = (csv: CsvDocument, row: CsvRow): TextEdit => ({
  span: lineSpan(csv, row),
  newText: "",
});

/** Moves a row in front of another one; the text of both lines stays as it is. */
export function moveRowBefore(csv: CsvDocument, row: CsvRow, before: CsvRow, lineEnd: string): TextEdit[] {
  const text = csv.text.slice(row.span.start, row.span.end);
  return [insertAt(before.span.start, text + lineEnd), deleteRow(csv, row)];
}

/**
 * Turns the end of a row, from the offset `from`, into a comment on a line of its own above the row:
 * the format has no comments behind a row.
 */
export function liftComment(csv: CsvDocument, row: CsvRow, from: number, lineEnd: string): TextEdit[] {
  const comment = csv.text
    .slice(from, row.span.end)
    .replace(/^[\s#,]+/, "")
    .trimEnd();
  const kept = csv.text.slice(row.span.start, from).trimEnd();
  return [
    insertAt(row.span.start, `# ${comment}${lineEnd}`),
    { span: span(row.span.start + kept.length, row.span.end), newText: "" },
  ];
}
