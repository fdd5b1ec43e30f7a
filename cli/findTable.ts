import { MAX_TEXT } from "../core/analyse";
import { headerText } from "../core/export/headerBytes";
import { decodeHeader } from "../core/export/tableArray";
import { inspectImage } from "../core/image/inspect";
import { type Failure, failure, type Result, success } from "../core/result";
import { type DecodedTable, decodeTable, startsWith } from "../core/table/decode";
import { MD5_MAGIC, ROW_MAGIC } from "../core/table/encode";
import { findTables } from "../core/table/locate";
import { TABLE_LENGTH, TABLE_SECTOR } from "../core/table/options";
import { hex } from "../core/text/units";

/** A table in a file that is a table, a header, or holds a table among other things. */
export interface FoundTable {
  readonly table: DecodedTable;
  /** Byte offset in the file; a header and a table by itself have none. */
  readonly at?: number;
}

/** `several`: only the user knows which of them is meant. */
export type FindFault = "damaged" | "no-table" | "several";

/** Goes by what is in the file, not by its name. `at` names the place where the table is. */
export function findTable(bytes: Uint8Array, at: number | undefined): Result<FoundTable, FindFault> {
  if (at !== undefined) return tableAt(bytes, at);
  if (beginsAsTable(bytes)) return damagedUnless(decodeTable(bytes));
  return isText(bytes) ? tableInHeader(bytes) : tableInImage(bytes);
}

/** A table without partitions begins with its MD5 row. */
const beginsAsTable = (bytes: Uint8Array): boolean =>
  startsWith(bytes, ROW_MAGIC) || (startsWith(bytes, MD5_MAGIC) && bytes.length <= TABLE_SECTOR);

/** No header has a NUL; erased flash, with which a dump may begin, is all FF. */
const isText = (bytes: Uint8Array): boolean =>
  0 < bytes.length && bytes.length <= MAX_TEXT && bytes[0] !== 0xff && !bytes.includes(0);

function tableAt(bytes: Uint8Array, at: number): Result<FoundTable, FindFault> {
  if (at >= bytes.length)
    return failure("no-table", at, `The file ends at ${hex(bytes.length)}, before ${hex(at)}.`);
  return damagedUnless(decodeTable(bytes.subarray(at, at + TABLE_LENGTH)), at);
}

function tableInHeader(header: Uint8Array): Result<FoundTable, FindFault> {
  const bytes = decodeHeader(headerText(header));
  return bytes.ok ? damagedUnless(decodeTable(bytes.value)) : failure("no-table", bytes.at, bytes.message);
}

function tableInImage(bytes: Uint8Array): Result<FoundTable, FindFault> {
  const [only, ...others] = findTables(bytes);
  if (only && others.length === 0) return success(only);
  if (only) {
    const places = [only, ...others].map(({ at }) => hex(at)).join(", ");
    return failure(
      "several",
      only.at,
      `The file holds partition tables at ${places}. Choose one, for example with --at ${hex(only.at)}.`,
    );
  }
  return damagedTable(bytes) ?? noTable(bytes);
}

/** A table that does not verify is worth more words than none. */
function damagedTable(bytes: Uint8Array): Failure<FindFault> | undefined {
  for (let at = 0; at < bytes.length; at += TABLE_SECTOR) {
    const sector = bytes.subarray(at, at + TABLE_LENGTH);
    const table = startsWith(sector, ROW_MAGIC) ? decodeTable(sector) : undefined;
    if (table && !table.ok) return damaged(table, at);
  }
  return undefined;
}

function noTable(bytes: Uint8Array): Failure<FindFault> {
  const report = inspectImage(bytes);
  const why = report.kind === "unknown" ? ` ${report.failure.message}` : "";
  return failure("no-table", 0, `The file holds no partition table.${why}`);
}

const damagedUnless = (table: Result<DecodedTable, string>, at?: number): Result<FoundTable, FindFault> =>
  table.ok ? success({ table: table.value, ...(at === undefined ? {} : { at }) }) : damaged(table, at);

const damaged = ({ at: row, message }: Failure<string>, at = 0): Failure<FindFault> =>
  failure("damaged", at + row, `The partition table is damaged at ${hex(at + row)}. ${message}`);
