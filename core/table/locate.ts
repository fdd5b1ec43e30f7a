import { type DecodedTable, decodeTable, startsWith } from "./decode";
import { ROW_MAGIC } from "./encode";
import { TABLE_LENGTH, TABLE_SECTOR } from "./options";

/** A table found in a file: a table binary, a combined image or a dump of a whole flash. */
export interface TableCandidate {
  /** Byte offset in the file. In a dump that begins at flash address 0 this is the table's offset. */
  readonly at: number;
  readonly table: DecodedTable;
}

/**
 * Every sector of the file that holds a complete, undamaged table with at least one row. Tables lie at the start of
 * a sector wherever CONFIG_PARTITION_TABLE_OFFSET puts them, so all sectors are looked at, not only the usual ones.
 */
export function findTables(bytes: Uint8Array): TableCandidate[] {
  const found: TableCandidate[] = [];
  for (let at = 0; at < bytes.length; at += TABLE_SECTOR) {
    const sector = bytes.subarray(at, at + TABLE_LENGTH);
    if (!startsWith(sector, ROW_MAGIC)) continue;
    const table = decodeTable(sector);
    if (table.ok) found.push({ at, table: table.value });
  }
  return found;
}
