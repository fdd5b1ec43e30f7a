import { failure, type Result, success } from "../result";
import { TABLE_SECTOR } from "../table/options";
import { lineEndOf } from "../text/lines";
import { type Span, span, type TextEdit } from "../text/span";
import { hex } from "../text/units";
import {
  type ArrayStyle,
  arrayText,
  type HeaderTable,
  isRowComment,
  rowComments,
  sectorOf,
} from "./arrayText";
import { printLike } from "./cLiteral";
import { type CToken, cPieces, lineOf } from "./cSource";
import { findMacros } from "./macros";
import { compiledBytes, TABLE_ARRAY, type TableArray } from "./tableArray";

/**
 * What makes the array hold the table's sector; nothing where it does already, however it is written. The array always holds the whole sector, so a number between the brackets becomes 0x1000. Any other bound must be
 * known to be 0x1000: it may be used elsewhere, and an array with more elements than its bound does not compile.
 */
export function arrayEdits(
  text: string,
  array: TableArray,
  { table, entries, md5Row, extraSubtypes }: HeaderTable,
): Result<TextEdit[], "array-bound"> {
  const sector = sectorOf(table);
  if (equalBytes(compiledBytes(array), sector)) return success([]);
  const { bound } = array;
  if (bound.kind === "expression" && valueOfName(text, bound.text) !== TABLE_SECTOR)
    return unknownBound(text, bound);
  const comments = rowComments(entries, md5Row, extraSubtypes);
  const newText = arrayText(sector, comments, styleOf(text, array));
  return success([...boundEdits(array), { span: insideOf(array), newText }]);
}

/** Sentences about what the edits of an array change beyond its bytes. */
export const arrayNotes = (text: string, array: TableArray): string[] => [
  ...boundEdits(array).map(({ span: { start, end }, newText }) => {
    const old = text.slice(start, Math.min(end, start + 40));
    return `The size of '${TABLE_ARRAY}' was ${old} and is now ${newText}: the whole flash sector.`;
  }),
  ...commentNotes(text, insideOf(array)),
];

const insideOf = ({ braces }: TableArray): Span => span(braces.start + 1, braces.end - 1);

const boundEdits = ({ bound }: TableArray): TextEdit[] =>
  bound.kind === "number" && bound.literal.value !== TABLE_SECTOR
    ? [{ span: bound.span, newText: printLike(bound.literal, TABLE_SECTOR) }]
    : [];

const unknownBound = (text: string, { span: { start }, text: bound }: { span: Span; text: string }) =>
  failure(
    "array-bound",
    start,
    `Line ${lineOf(text, start)}: '${TABLE_ARRAY}' gets ${hex(TABLE_SECTOR)} elements, but its size is given as '${bound.slice(0, 40)}', which is not known to be ${hex(TABLE_SECTOR)}. Write ${TABLE_ARRAY}[${hex(TABLE_SECTOR)}] or leave the brackets empty, then export again.`,
  );

/** `SPI_FLASH_SEC_SIZE` is ESP-IDF's own name for 0x1000 (`esp_spi_flash.h`); others may be defined in the header. */
function valueOfName(text: string, name: string): number | undefined {
  if (name === "SPI_FLASH_SEC_SIZE") return TABLE_SECTOR;
  const found = findMacros(text, [name]);
  return found.ok ? found.value[0]?.literal.value : undefined;
}

function styleOf(text: string, { braces }: TableArray): ArrayStyle {
  const inside = text.slice(braces.start + 1, braces.end - 1);
  const lineStart = Math.max(text.lastIndexOf("\n", braces.start), text.lastIndexOf("\r", braces.start)) + 1;
  const ownIndent = /^[ \t]*/.exec(text.slice(lineStart, braces.start))?.[0] ?? "";
  const closingIndent = /[\r\n]([ \t]*)$/.exec(inside)?.[1] ?? ownIndent;
  const firstRow = /[\r\n]([ \t]*)[-0-9'(]/.exec(inside)?.[1];
  const firstHex = /0x[0-9]*([a-f])/i.exec(inside)?.[1];
  return {
    lineEnd: lineEndOf(text),
    indent: firstRow ?? closingIndent + (/^\t/m.test(text) ? "\t" : "    "),
    closingIndent,
    upperCase: firstHex !== undefined && firstHex === firstHex.toUpperCase(),
  };
}

/** Comments that the export did not write are somebody's work; that they are gone must not go unsaid. */
function commentNotes(text: string, { start, end }: Span): string[] {
  const isLost = ({ kind, text }: CToken): boolean => kind === "comment" && !isRowComment(text);
  const lost = [...cPieces(text, start, end)].filter(isLost).length;
  if (lost === 0) return [];
  return [
    `${lost === 1 ? "One comment" : `${lost} comments`} between the braces of '${TABLE_ARRAY}' gave way to those of the new rows.`,
  ];
}

const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
