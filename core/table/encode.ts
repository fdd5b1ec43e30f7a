import { md5 } from "@noble/hashes/legacy.js";
import { failure, type Result, success } from "../result";
import type { PartitionEntry } from "./entry";
import { labelBytes } from "./label";
import { ROW_LENGTH, TABLE_LENGTH } from "./options";

/** The first bytes of a row (`ESP_PARTITION_MAGIC`, little endian) and of the MD5 row (`ESP_PARTITION_MAGIC_MD5`). */
export const ROW_MAGIC = [0xaa, 0x50] as const;
export const MD5_MAGIC = [0xeb, 0xeb] as const;

export type EncodeFault = "too-long" | "field-range";

/**
 * `PartitionTable.to_binary`: rows of 32 bytes, the MD5 row behind them unless left out, FF up to 0xC00 bytes.
 * Refused are more rows than fit (94 with the MD5 row, 95 without) and numbers that their field cannot hold.
 */
export function encodeTable(
  entries: readonly PartitionEntry[],
  { md5Row }: { readonly md5Row: boolean },
): Result<Uint8Array, EncodeFault> {
  const unfit = entries.find((entry) => !fieldsFit(entry));
  if (unfit)
    return failure("field-range", 0, `A number of partition '${unfit.name}' does not fit its field.`);
  const length = entries.length * ROW_LENGTH + (md5Row ? ROW_LENGTH : 0);
  if (length >= TABLE_LENGTH) {
    return failure(
      "too-long",
      0,
      `The table needs ${length} bytes; it must be shorter than ${TABLE_LENGTH}.`,
    );
  }
  const bytes = new Uint8Array(TABLE_LENGTH).fill(0xff);
  entries.forEach((entry, index) => {
    bytes.set(encodeRow(entry), index * ROW_LENGTH);
  });
  if (md5Row)
    bytes.set(encodeMd5Row(bytes.subarray(0, entries.length * ROW_LENGTH)), entries.length * ROW_LENGTH);
  return success(bytes);
}

/** Whether `struct.pack` would take the row: bytes for type and subtype, 32 bits for offset and size. */
export const fieldsFit = ({ type, subtype, offset, size }: PartitionEntry): boolean =>
  fits(type, 0xff) && fits(subtype, 0xff) && fits(offset, 0xffffffff) && fits(size, 0xffffffff);

const fits = (value: number, max: number): boolean => 0 <= value && value <= max;

function encodeRow(entry: PartitionEntry): Uint8Array {
  const row = new Uint8Array(ROW_LENGTH);
  const view = new DataView(row.buffer);
  row.set([...ROW_MAGIC, entry.type, entry.subtype]);
  view.setUint32(4, entry.offset, true);
  view.setUint32(8, entry.size, true);
  row.set(labelBytes(entry.name), 12);
  view.setUint32(28, (entry.encrypted ? 1 : 0) | (entry.readonly ? 2 : 0), true);
  return row;
}

function encodeMd5Row(rows: Uint8Array): Uint8Array {
  const row = new Uint8Array(ROW_LENGTH).fill(0xff);
  row.set(MD5_MAGIC);
  row.set(md5(rows), 16);
  return row;
}
