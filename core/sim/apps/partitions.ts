import { hasFeature } from "../../compat/features";
import { parseIdfVersion } from "../../compat/idfVersion";
import { u16 } from "../../image/bytes";
import type { TableRow } from "../../image/tableRows";
import { ROW_LENGTH, TABLE_LENGTH } from "../../table/options";
import { MD5_MAGIC, md5Fits, ROW_MAGIC, storedRow } from "../boot/storedRow";
import { read, type Task } from "../effect";

/**
 * The partitions as an app finds them (`load_partitions` in esp_partition.c): it stops at the first row that is none, and
 * since ESP-IDF v4.4 it finds nothing at all without an MD5 row that fits.
 */
export function* partitions(tableOffset: number, idfVersion: string): Task<readonly TableRow[]> {
  const table = yield* read(tableOffset, TABLE_LENGTH);
  const rows: TableRow[] = [];
  let at = 0;
  for (; at < TABLE_LENGTH && u16(table, at) === ROW_MAGIC; at += ROW_LENGTH) rows.push(storedRow(table, at));
  return needsMd5(idfVersion) && !hasMd5(table, at) ? [] : rows;
}

const needsMd5 = (idfVersion: string): boolean => {
  const version = parseIdfVersion(idfVersion);
  return !version || hasFeature("app-needs-md5-row", version) !== false;
};

const hasMd5 = (table: Uint8Array, at: number): boolean => u16(table, at) === MD5_MAGIC && md5Fits(table, at);
