import { md5 } from "@noble/hashes/legacy.js";
import { equalBytes, fieldText, u8, u16, u32 } from "./bytes";

/** The rows of a partition table, as far as finding apps in a file needs them. */
export interface TableRow {
  readonly type: number;
  readonly subtype: number;
  /** Flash address in bytes. */
  readonly offset: number;
  readonly size: number;
  readonly label: string;
}

const ROW_SIZE = 32;
const TABLE_SIZE = 0xc00;
const ROW_MAGIC = 0x50aa;
const MD5_MAGIC = 0xebeb;

/** The rows that stand at `at`, or undefined where there are none or their MD5 row contradicts them. */
export const readTableRows = (bytes: Uint8Array, at: number): readonly TableRow[] | undefined => {
  const end = Math.min(at + TABLE_SIZE, bytes.length);
  const rows: TableRow[] = [];
  let row = at;
  while (row + ROW_SIZE <= end && u16(bytes, row) === ROW_MAGIC) {
    rows.push(readRow(bytes, row));
    row += ROW_SIZE;
  }
  return rows.length > 0 && isConfirmed(bytes, at, row) ? rows : undefined;
};

const readRow = (bytes: Uint8Array, at: number): TableRow => ({
  type: u8(bytes, at + 2),
  subtype: u8(bytes, at + 3),
  offset: u32(bytes, at + 4),
  size: u32(bytes, at + 8),
  label: fieldText(bytes, at + 12, 16),
});

/** Tables from before ESP-IDF v3.1 have no MD5 row; the end marker must then follow, or the file. */
const isConfirmed = (bytes: Uint8Array, start: number, end: number): boolean => {
  const magic = u16(bytes, end);
  if (magic !== MD5_MAGIC) return magic === 0xffff || end + ROW_SIZE > bytes.length;
  return equalBytes(md5(bytes.subarray(start, end)), bytes.subarray(end + 16, end + ROW_SIZE));
};
