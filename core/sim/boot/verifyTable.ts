import { u16 } from "../../image/bytes";
import type { TableRow } from "../../image/tableRows";
import { ROW_LENGTH, TABLE_LENGTH } from "../../table/options";
import type { BootloaderTraits } from "./model";
import { MD5_MAGIC, md5Fits, ROW_MAGIC, storedRow } from "./storedRow";

/** `text` is the line of log with which the bootloader refuses the whole table. */
export type TableVerdict =
  | { readonly ok: true; readonly rows: readonly TableRow[] }
  | { readonly ok: false; readonly text: string };

const END_MAGIC = 0xffff;

/**
 * `esp_partition_table_verify` in flash_partitions.c, which looks for much less than the partition tool: no overlaps, no
 * order, no alignment, no sizes; and an MD5 row only counts where there is one. `flashSize` in bytes, of the header of
 * the bootloader.
 */
export function verifyTable(table: Uint8Array, flashSize: number, traits: BootloaderTraits): TableVerdict {
  const rows: TableRow[] = [];
  let hasMd5 = false;
  for (let at = 0; at < TABLE_LENGTH; at += ROW_LENGTH) {
    const magic = u16(table, at);
    if (magic === ROW_MAGIC) {
      const row = storedRow(table, at);
      if (endsBeyond(row, flashSize, traits)) return refused(beyond(rows.length, row, flashSize));
      rows.push(row);
    } else if (magic === MD5_MAGIC && traits.knowsMd5Row) {
      if (hasMd5) return refused("Only one MD5 checksum is allowed");
      hasMd5 = true;
      if (!md5Fits(table, at)) return refused("Incorrect MD5 checksum");
    } else {
      const isEnd = magic === END_MAGIC && u16(table, at + 2) === END_MAGIC;
      if (isEnd && (at > 0 || !traits.wantsRows)) return { ok: true, rows };
      return refused(`partition ${at / ROW_LENGTH} invalid magic number 0x${magic.toString(16)}`);
    }
  }
  return refused("partition table has no terminating entry, not valid");
}

const refused = (text: string): TableVerdict => ({ ok: false, text });

function endsBeyond({ offset, size }: TableRow, flashSize: number, { wrapsEnds }: BootloaderTraits): boolean {
  const end = wrapsEnds ? (offset + size) >>> 0 : offset + size;
  return offset > flashSize || end > flashSize;
}

const beyond = (index: number, { offset, size }: TableRow, flashSize: number): string =>
  `partition ${index} invalid - offset 0x${offset.toString(16)} size 0x${size.toString(16)} exceeds flash chip size 0x${flashSize.toString(16)}`;
