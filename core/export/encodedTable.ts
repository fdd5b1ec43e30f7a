import { failure, type Result, success } from "../result";
import type { Subject } from "../rules/rule";
import { type EncodeFault, encodeTable } from "../table/encode";
import type { PartitionEntry } from "../table/entry";
import { wholeEntries } from "../table/whole";

/** The binary table with the rows it was made from. `table` is 0xC00 bytes, as `gen_esp32part.py` writes it. */
export interface EncodedTable {
  readonly table: Uint8Array;
  readonly entries: readonly PartitionEntry[];
}

/** The table as bytes, right or wrong. A row that could not be read is never left out. */
export function encodedTable(
  subject: Pick<Subject, "csv" | "table" | "facts">,
): Result<EncodedTable, "errors" | EncodeFault> {
  const entries = wholeEntries(subject);
  if (!entries) return failure("errors", 0, "The partition table has rows that cannot be read.");
  const table = encodeTable(entries, subject.facts);
  return table.ok ? success({ table: table.value, entries }) : table;
}
