import { sha256Hex } from "../image/sha256Hex";
import { type DecodedTable, decodeTable, startsWith } from "../table/decode";
import { ROW_MAGIC } from "../table/encode";
import { ROW_LENGTH, TABLE_LENGTH } from "../table/options";
import type { FlashBytes } from "./flashBytes";
import { type FlashRange, SECTOR } from "./range";

/** The partition table of a board, and where it was found. */
export interface BoardTable extends DecodedTable {
  readonly tableOffset: number;
  /** The first 12 hex digits of the SHA-256 of the 0xC00 bytes: the same as of a `partition-table.bin` with this table. */
  readonly fingerprint: string;
}

/** `damaged` is what begins like a table and is none; `unread` means that more must be read to know. */
export type TableSearch =
  | { readonly kind: "found"; readonly table: BoardTable }
  | { readonly kind: "unread"; readonly wants: readonly FlashRange[] }
  | { readonly kind: "damaged"; readonly tableOffset: number; readonly message: string }
  | { readonly kind: "none" };

/** Where nearly every device has its table. */
const USUAL_OFFSET = 0x8000;
/** A large bootloader pushes the table up; nobody has pushed it beyond this. */
const LAST_OFFSET = 0x40000;

/**
 * Looks for the table: where it is said to be, or else at the usual place, and only if nothing is there at the start of
 * every sector behind the bootloader. The first rows are asked for before whole tables.
 */
export function searchTable(
  flash: FlashBytes,
  bootloaderOffset: number,
  tableOffset: number | undefined,
): TableSearch {
  if (tableOffset !== undefined) return tableAt(flash, tableOffset);
  const usual = tableAt(flash, USUAL_OFFSET);
  if (usual.kind === "found" || usual.kind === "unread") return usual;
  const elsewhere = searchSectors(flash, bootloaderOffset);
  return elsewhere.kind === "none" ? usual : elsewhere;
}

function searchSectors(flash: FlashBytes, bootloaderOffset: number): TableSearch {
  const unread: FlashRange[] = [];
  for (let address = bootloaderOffset + SECTOR; address <= LAST_OFFSET; address += SECTOR) {
    const first = { address, size: ROW_LENGTH };
    const row = flash.read(first);
    if (!row) unread.push(first);
    else if (startsWith(row, ROW_MAGIC)) {
      const search = tableAt(flash, address);
      if (search.kind === "found" || search.kind === "unread") return search;
    }
  }
  return unread.length > 0 ? { kind: "unread", wants: unread } : { kind: "none" };
}

function tableAt(flash: FlashBytes, tableOffset: number): TableSearch {
  const place = { address: tableOffset, size: TABLE_LENGTH };
  const bytes = flash.read(place);
  if (!bytes) return { kind: "unread", wants: [place] };
  if (!startsWith(bytes, ROW_MAGIC)) return { kind: "none" };
  const table = decodeTable(bytes);
  if (!table.ok) return { kind: "damaged", tableOffset, message: table.message };
  const fingerprint = sha256Hex(bytes).slice(0, 12);
  return { kind: "found", table: { ...table.value, tableOffset, fingerprint } };
}
