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

function numberLike(text: string, value: number): string {
  if (/[km]$/i.test(text)) return csvSize(value);
  return /^[1-9][0-9_]*$/.test(text) ? String(value) : hex(value);
}

/** The whole line of a row with the line end behind it (or before it, on the last line), as taken out by a deletion. */
function lineSpan({ text, lines }: CsvDocument, row: CsvRow): Span {
  const next = lines[row.number];
  if (next) return span(row.span.start, next.span.start);
  const previous = lines[row.number - 2];
  return previous && row.span.end === text.length
    ? span(previous.span.end, text.length)
    : span(row.span.start, text.length);
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
