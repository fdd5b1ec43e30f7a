import { md5 } from "@noble/hashes/legacy.js";
import { hasFeature } from "../../compat/features";
import { parseIdfVersion } from "../../compat/idfVersion";
import { equalBytes, fieldText, u8, u16, u32 } from "../../image/bytes";
import type { TableRow } from "../../image/tableRows";
import { LABEL_LENGTH } from "../../table/label";
import { ROW_LENGTH, TABLE_LENGTH } from "../../table/options";
import { read, type Task } from "../effect";

const ROW_MAGIC = 0x50aa;
const MD5_MAGIC = 0xebeb;

/**
 * The partitions as an app finds them (`load_partitions` in esp_partition.c): it stops at the first row that is none, and
 * since ESP-IDF v4.4 it finds nothing at all without an MD5 row that fits.
 */
export function* partitions(tableOffset: number, idfVersion: string): Task<readonly TableRow[]> {
  const table = yield* read(tableOffset, TABLE_LENGTH);
  const rows: TableRow[] = [];
  let at = 0;
  for (; at < TABLE_LENGTH && u16(table, at) === ROW_MAGIC; at += ROW_LENGTH) rows.push(rowAt(table, at));
  return needsMd5(idfVersion) && !hasMd5(table, at) ? [] : rows;
}

const needsMd5 = (idfVersion: string): boolean => {
  const version = parseIdfVersion(idfVersion);
  return !version || hasFeature("app-needs-md5-row", version) !== false;
};

const hasMd5 = (table: Uint8Array, at: number): boolean =>
  u16(table, at) === MD5_MAGIC &&
  equalBytes(md5(table.subarray(0, at)), table.slice(at + ROW_LENGTH / 2, at + ROW_LENGTH));

const rowAt = (table: Uint8Array, at: number): TableRow => ({
  type: u8(table, at + 2),
  subtype: u8(table, at + 3),
  offset: u32(table, at + 4),
  size: u32(table, at + 8),
  label: fieldText(table, at + 12, LABEL_LENGTH),
});
