import { failure, type Result, success } from "../result";
import type { PartitionEntry } from "../table/entry";
import { TABLE_SECTOR } from "../table/options";
import { APP, DATA, type ExtraSubtype, OTA_0 } from "../table/subtypes";
import { lineEndOf } from "../text/lines";
import { applyEdits, span, type TextEdit } from "../text/span";
import { hex } from "../text/units";
import type { ArrayFault } from "./arrayFaults";
import { type ArrayStyle, arrayText, isRowComment, rowComments, sectorOf } from "./arrayText";
import { printLike } from "./cLiteral";
import { lineOf } from "./cSource";
import { findMacros, type MacroFault, type TableMacro, tableMacros } from "./macros";
import { type Provenance, provenanceEdit } from "./provenance";
import { compiledBytes, findTableArray, TABLE_ARRAY, type TableArray } from "./tableArray";

/** What goes into a header. `table` is the binary of the table, 0xC00 bytes; `entries` are its rows in order. */
export interface HeaderTable {
  readonly table: Uint8Array;
  readonly entries: readonly PartitionEntry[];
  readonly md5Row: boolean;
  readonly extraSubtypes?: readonly ExtraSubtype[];
}

/** `no-partition`: the header has a macro for a partition that the table has not. `array-bound`: see `boundEdits`. */
export type HeaderFault = ArrayFault | MacroFault | "array-bound" | "no-partition";

/** No edits: the header already says what the table says. `notes` are sentences about what else had to change. */
export interface HeaderPatch {
  readonly edits: readonly TextEdit[];
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * Writes the table into an existing header: the bytes between the braces of `final_table`, and the numbers of the
 * macros that are there. Everything else stays as it is, and so does an array whose bytes are right already.
 */
export function patchHeader(
  text: string,
  table: HeaderTable,
  provenance?: Provenance,
): Result<HeaderPatch, HeaderFault> {
  const array = findTableArray(text);
  if (!array.ok) return array;
  const bytes = arrayEdits(text, array.value, table);
  if (!bytes.ok) return bytes;
  const macros = macroEdits(text, table.entries);
  if (!macros.ok) return macros;
  const changed = [...bytes.value.edits, ...macros.value];
  const edits = changed.length === 0 ? [] : [...changed, ...provenanceEdit(text, provenance)];
  return success({ edits, text: applyEdits(text, edits), notes: bytes.value.notes });
}

/** The numbers of the macros; a macro whose partition the table has not is undefined. */
export function macroValues(
  entries: readonly PartitionEntry[],
): Readonly<Record<TableMacro, number | undefined>> {
  const ota1 = entries.find(({ type, subtype }) => type === APP && subtype === OTA_0 + 1);
  const vfs = entries.find(({ type, name }) => type === DATA && name === "vfs");
  return {
    PARTITION_OTA_1_TARGET_SIZE: ota1?.size,
    PARTITION_VFS_OFFSET: vfs?.offset,
    PARTITION_VFS_SIZE: vfs?.size,
  };
}

interface ArrayPatch {
  readonly edits: readonly TextEdit[];
  readonly notes: readonly string[];
}

function arrayEdits(
  text: string,
  array: TableArray,
  { table, entries, md5Row, extraSubtypes }: HeaderTable,
): Result<ArrayPatch, "array-bound"> {
  const sector = sectorOf(table);
  if (equalBytes(compiledBytes(array), sector)) return success({ edits: [], notes: [] });
  const bound = boundEdits(text, array);
  if (!bound.ok) return bound;
  const inside = span(array.braces.start + 1, array.braces.end - 1);
  const comments = rowComments(entries, md5Row, extraSubtypes);
  const newText = arrayText(sector, comments, styleOf(text, array));
  return success({
    edits: [...bound.value.edits, { span: inside, newText }],
    notes: [...bound.value.notes, ...commentNotes(text.slice(inside.start, inside.end))],
  });
}

/**
 * The array always holds the whole sector, so a number between the brackets becomes 0x1000. Any other bound must be
 * known to be 0x1000: it may be used elsewhere, and an array with more elements than its bound does not compile.
 */
function boundEdits(text: string, { bound }: TableArray): Result<ArrayPatch, "array-bound"> {
  const fine = success({ edits: [], notes: [] });
  if (bound.kind === "none") return fine;
  if (bound.kind === "expression") {
    if (valueOfName(text, bound.text) === TABLE_SECTOR) return fine;
    return failure(
      "array-bound",
      bound.span.start,
      `Line ${lineOf(text, bound.span.start)}: '${TABLE_ARRAY}' gets ${hex(TABLE_SECTOR)} elements, but its size is given as '${bound.text.slice(0, 40)}', which is not known to be ${hex(TABLE_SECTOR)}. Write ${TABLE_ARRAY}[${hex(TABLE_SECTOR)}] or leave the brackets empty, then export again.`,
    );
  }
  if (bound.literal.value === TABLE_SECTOR) return fine;
  const newText = printLike(bound.literal, TABLE_SECTOR);
  const old = text.slice(bound.span.start, bound.span.end);
  return success({
    edits: [{ span: bound.span, newText }],
    notes: [`The size of '${TABLE_ARRAY}' was ${old} and is now ${newText}: the whole flash sector.`],
  });
}

/** `SPI_FLASH_SEC_SIZE` is ESP-IDF's own name for 0x1000 (`esp_spi_flash.h`); others may be defined in the header. */
function valueOfName(text: string, name: string): number | undefined {
  if (name === "SPI_FLASH_SEC_SIZE") return TABLE_SECTOR;
  const found = findMacros(text, [name]);
  return found.ok ? found.value[0]?.literal.value : undefined;
}

function macroEdits(
  text: string,
  entries: readonly PartitionEntry[],
): Result<TextEdit[], MacroFault | "no-partition"> {
  const macros = findMacros(text, tableMacros);
  if (!macros.ok) return macros;
  const values = macroValues(entries);
  const edits: TextEdit[] = [];
  for (const { name, at, literal } of macros.value) {
    const value = values[name];
    if (value === undefined) return noPartition(text, name, at.start);
    if (value !== literal.value) edits.push({ span: at, newText: printLike(literal, value) });
  }
  return success(edits);
}

function noPartition(text: string, name: TableMacro, at: number) {
  const missing =
    name === "PARTITION_OTA_1_TARGET_SIZE" ? "app partition 'ota_1'" : "data partition named 'vfs'";
  return failure(
    "no-partition",
    at,
    `The header defines ${name} in line ${lineOf(text, at)}, but the table has no ${missing}. Add the partition to the table, or remove the macro from the header.`,
  );
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
function commentNotes(inside: string): string[] {
  const comments = inside.match(/\/\*[\s\S]*?\*\/|\/\/.*/g) ?? [];
  const lost = comments.filter((comment) => !isRowComment(comment)).length;
  if (lost === 0) return [];
  return [
    `${lost === 1 ? "One comment" : `${lost} comments`} between the braces of '${TABLE_ARRAY}' gave way to those of the new rows.`,
  ];
}

const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
