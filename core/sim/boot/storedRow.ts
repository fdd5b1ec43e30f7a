import { md5 } from "@noble/hashes/legacy.js";
import { equalBytes, fieldText, u8, u32 } from "../../image/bytes";
import type { TableRow } from "../../image/tableRows";
import { LABEL_LENGTH } from "../../table/label";
import { ROW_LENGTH } from "../../table/options";

/** With what a row and the MD5 row begin, as bootloader and apps read it (`esp_flash_partitions.h`). */
export const ROW_MAGIC = 0x50aa;
export const MD5_MAGIC = 0xebeb;

/** The row at `at`, in bytes of the table. */
export const storedRow = (table: Uint8Array, at: number): TableRow => ({
  type: u8(table, at + 2),
  subtype: u8(table, at + 3),
  offset: u32(table, at + 4),
  size: u32(table, at + 8),
  label: fieldText(table, at + 12, LABEL_LENGTH),
});

/** Whether the MD5 row at `at` holds the MD5 of all rows before it. */
export const md5Fits = (table: Uint8Array, at: number): boolean =>
  equalBytes(md5(table.subarray(0, at)), table.slice(at + ROW_LENGTH / 2, at + ROW_LENGTH));
