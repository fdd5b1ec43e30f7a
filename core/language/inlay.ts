import type { Analysis } from "../analyse";
import { type CsvCell, cellOf } from "../table/csv";
import { setCell } from "../table/edit";
import type { PlacedEntry } from "../table/entry";
import { isInside, type Span, type TextEdit } from "../text/span";
import { hex } from "../text/units";

/** A value that the tool computes, shown in the blank field. */
export interface InlayHint {
  readonly at: number;
  readonly label: string;
  readonly explanation: string;
  /** Writes the value into the field. */
  readonly edit: TextEdit;
}

/** The offsets of rows that leave theirs blank, within a range of the text. */
export const inlayHints = ({ table }: Analysis, range: Span): InlayHint[] =>
  table.entries.filter(({ row }) => isInside(row.span.start, range)).flatMap(offsetHint);

function offsetHint({ row, offset }: PlacedEntry): InlayHint[] {
  const cell = cellOf(row, "offset");
  const isMissing = row.cells.length < 4;
  if (cell.text !== "" || isMissing || !row.verbatim) return [];
  return [
    {
      at: hintPlace(cell),
      label: hex(offset),
      explanation: "The next free offset with the alignment of the type, as the build will place it.",
      edit: setCell(row, "offset", hex(offset)),
    },
  ];
}

/** Behind the space after the comma, where the value would be written. */
const hintPlace = ({ outer }: CsvCell): number => Math.min(outer.start + 1, outer.end);
