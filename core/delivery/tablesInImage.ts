import { md5 } from "@noble/hashes/legacy.js";
import { equalBytes, indexOfBytes } from "../image/bytes";
import { startsWith } from "../table/decode";
import { MD5_MAGIC, ROW_MAGIC } from "../table/encode";
import { ROW_LENGTH, TABLE_LENGTH } from "../table/options";

/** Whether the image carries these rows, as an array of a partition table does: what is behind them does not matter. */
export const holdsTable = (image: Uint8Array, table: Uint8Array): boolean =>
  indexOfBytes(image, rowsOf(table)) >= 0;

/** The rows and the MD5 row of a table of 0xC00 bytes, without what it is filled up with. */
function rowsOf(table: Uint8Array): Uint8Array {
  let end = 0;
  while (end < table.length && !table.subarray(end, end + ROW_LENGTH).every((byte) => byte === 0xff))
    end += ROW_LENGTH;
  return table.subarray(0, end);
}

const MD5_ROW_START = Uint8Array.of(...MD5_MAGIC, ...new Array(14).fill(0xff));

/** Every partition table with an MD5 row that confirms it, as the bytes of its rows. Runs in linear time. */
export function tablesIn(image: Uint8Array): readonly Uint8Array[] {
  const tables: Uint8Array[] = [];
  let at = indexOfBytes(image, MD5_ROW_START);
  while (at >= 0) {
    const table = tableBefore(image, at);
    if (table) tables.push(table);
    at = indexOfBytes(image, MD5_ROW_START, at + 1);
  }
  return tables;
}

/** The rows in front of an MD5 row, where the MD5 is theirs. */
function tableBefore(image: Uint8Array, md5Row: number): Uint8Array | undefined {
  let start = md5Row;
  while (start >= ROW_LENGTH && md5Row - start < TABLE_LENGTH && isRow(image, start - ROW_LENGTH))
    start -= ROW_LENGTH;
  const stored = image.subarray(md5Row + 16, md5Row + ROW_LENGTH);
  const isTable = start < md5Row && equalBytes(md5(image.subarray(start, md5Row)), stored);
  return isTable ? image.slice(start, md5Row + ROW_LENGTH) : undefined;
}

const isRow = (image: Uint8Array, at: number): boolean =>
  startsWith(image.subarray(at, at + ROW_LENGTH), ROW_MAGIC);
