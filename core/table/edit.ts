import { insertAt, type TextEdit } from "../text/span";
import { type Column, type CsvRow, cellOf, columns } from "./csv";

/**
 * Writes a value into a field and leaves everything else as it is. A field that the row does not have yet is added
 * behind its last one, with the commas between.
 */
export function setCell(row: CsvRow, column: Column, value: string): TextEdit {
  const missing = columns.indexOf(column) - (row.cells.length - 1);
  const { span } = cellOf(row, column);
  if (missing <= 0)
    return { span, newText: span.start === span.end && value !== "" ? spaced(row, column, value) : value };
  return insertAt(span.end, `${",".repeat(missing)} ${value}`);
}

/** A blank field may consist of space only; the value goes behind the comma with the space it needs to be readable. */
function spaced(row: CsvRow, column: Column, value: string): string {
  const { span, outer } = cellOf(row, column);
  return span.start === outer.start && column !== "name" ? ` ${value}` : value;
}
