import type { PartitionEntry } from "../table/entry";
import { labelBytes } from "../table/label";
import { ROW_LENGTH, TABLE_SECTOR } from "../table/options";
import { flagsText } from "../table/print";
import { type ExtraSubtype, subtypeName, typeName } from "../table/subtypes";
import { hex } from "../text/units";

/** What goes into a header. `table` is the binary of the table, 0xC00 bytes; `entries` are its rows in order. */
export interface HeaderTable {
  readonly table: Uint8Array;
  readonly entries: readonly PartitionEntry[];
  readonly md5Row: boolean;
  readonly extraSubtypes?: readonly ExtraSubtype[];
}

/** How the lines of an array look: line end, indentation of the rows and of the closing brace, case of the hex digits. */
export interface ArrayStyle {
  readonly lineEnd: string;
  readonly indent: string;
  readonly closingIndent: string;
  readonly upperCase: boolean;
}

/** The table as the bytes of its whole flash sector: what stands behind it is as erased. */
export function sectorOf(table: Uint8Array): Uint8Array {
  const sector = new Uint8Array(TABLE_SECTOR).fill(0xff);
  sector.set(table.subarray(0, TABLE_SECTOR));
  return sector;
}

/** What stands between the braces: one row of 32 bytes a line, and behind each row that means something a comment. */
export function arrayText(
  sector: Uint8Array,
  comments: readonly string[],
  { lineEnd, indent, closingIndent, upperCase }: ArrayStyle,
): string {
  const lines: string[] = [];
  for (let at = 0; at < sector.length; at += ROW_LENGTH) {
    const bytes = Array.from(sector.subarray(at, at + ROW_LENGTH), (byte) => byteText(byte, upperCase));
    const comment = comments[at / ROW_LENGTH];
    lines.push(`${indent}${bytes.join(", ")},${comment === undefined ? "" : ` /* ${comment} */`}`);
  }
  return [lineEnd, ...lines.map((line) => line + lineEnd), closingIndent].join("");
}

const MD5_COMMENT = "MD5 of the rows above";
const FILL_COMMENT = "unused, as erased";

/** One comment for each row of the table, for the MD5 row and for the first row of the fill. */
export const rowComments = (
  entries: readonly PartitionEntry[],
  md5Row: boolean,
  extra: readonly ExtraSubtype[] = [],
): string[] => [
  ...entries.map((entry) => entryComment(entry, extra)),
  ...(md5Row ? [MD5_COMMENT] : []),
  FILL_COMMENT,
];

/**
 * Whether a comment, with its delimiters, is one that the export writes: such comments may be replaced silently. Only the
 * end of it is looked at closely, for a comment may be very long.
 */
export const isRowComment = (comment: string): boolean =>
  comment === `/* ${MD5_COMMENT} */` ||
  comment === `/* ${FILL_COMMENT} */` ||
  (comment.length <= MAX_COMMENT &&
    comment.startsWith("/* ") &&
    comment.includes(": ") &&
    /, 0x[0-9a-f]{1,8}, 0x[0-9a-f]{1,8}(?:, [a-z:]{1,20})? \*\/$/.test(comment));

/** A name of 16 characters, a type and a subtype, whose names may be the user's, two numbers and the flags. */
const MAX_COMMENT = 200;

/**
 * Text that is safe in a C comment whatever the user wrote: a name may hold the end of a comment, the backslash or
 * trigraph that splices lines, or letters that change the direction of reading.
 */
export const safeComment = (text: string): string => text.replace(/[^ -~]|[*/\\?]/gu, "_");

function entryComment(entry: PartitionEntry, extra: readonly ExtraSubtype[]): string {
  const { type, subtype, offset, size } = entry;
  const words = [typeName(type), subtypeName(type, subtype, extra), hex(offset), hex(size), flagsText(entry)];
  return safeComment(`${keptName(entry)}: ${words.filter((word) => word !== "").join(", ")}`);
}

/** A name is cut to what the table keeps of it. */
const keptName = ({ name }: PartitionEntry): string => new TextDecoder().decode(labelBytes(name));

const byteText = (byte: number, upperCase: boolean): string => {
  const digits = byte.toString(16).padStart(2, "0");
  return `0x${upperCase ? digits.toUpperCase() : digits}`;
};
