import type { CsvRow } from "./csv";

/** One partition: where it lies in flash, in bytes. */
export interface PartitionEntry {
  readonly name: string;
  readonly type: number;
  readonly subtype: number;
  readonly offset: number;
  readonly size: number;
  readonly encrypted: boolean;
  readonly readonly: boolean;
}

/** What is known of a row whose place is known; type and subtype stay unknown while the user is still typing them. */
export interface PlacedEntry<Row = CsvRow> extends Omit<PartitionEntry, "type" | "subtype"> {
  readonly type: number | undefined;
  readonly subtype: number | undefined;
  readonly row: Row;
  /** Whether the Offset column was blank, or the tool computes the offset itself. */
  readonly automatic: boolean;
  /** Where the row before ends: the lowest offset this one may have. Unknown behind a row that could not be read. */
  readonly previousEnd: number | undefined;
}

export const endOf = (entry: { readonly offset: number; readonly size: number }): number =>
  entry.offset + entry.size;

export const isComplete = <T extends PlacedEntry>(entry: T): entry is T & PartitionEntry =>
  entry.type !== undefined && entry.subtype !== undefined;

/** The partition alone, without what else an object knows of its row. */
export const partitionOf = ({
  name,
  type,
  subtype,
  offset,
  size,
  encrypted,
  readonly,
}: PartitionEntry): PartitionEntry => ({ name, type, subtype, offset, size, encrypted, readonly });
