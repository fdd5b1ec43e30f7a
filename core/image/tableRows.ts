import { decodeTable } from "../table/decode";
import type { PartitionEntry } from "../table/entry";
import { TABLE_LENGTH } from "../table/options";
import { isPrintable } from "./bytes";

/** The rows of a partition table, as far as finding apps in a file needs them. */
export interface TableRow extends Pick<PartitionEntry, "type" | "subtype" | "offset" | "size"> {
  /** Printable ASCII only, because it comes from any file and goes to a terminal. */
  readonly label: string;
}

/** The rows that stand at `at`, or undefined where there is no whole table, or its MD5 row contradicts it. */
export const readTableRows = (bytes: Uint8Array, at: number): readonly TableRow[] | undefined => {
  const table = decodeTable(bytes.subarray(at, at + TABLE_LENGTH));
  return table.ok && table.value.entries.length > 0 ? table.value.entries.map(rowOf) : undefined;
};

const rowOf = ({ name, type, subtype, offset, size }: PartitionEntry): TableRow => ({
  type,
  subtype,
  offset,
  size,
  label: [...name].filter((char) => isPrintable(char.codePointAt(0))).join(""),
});
