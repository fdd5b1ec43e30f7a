import type { Environment } from "./csv";
import type { ExtraSubtype } from "./subtypes";

/** What decides how a table is read and encoded: the options of `gen_esp32part.py`, in bytes. */
export interface TableOptions {
  /** CONFIG_PARTITION_TABLE_OFFSET: where the table's sector lies in flash. */
  readonly tableOffset: number;
  readonly flashSize?: number | undefined;
  readonly secure?: "v1" | "v2" | undefined;
  /** Whether an MD5 row follows the rows (ESP-IDF v3.1 and newer); older bootloaders refuse it. */
  readonly md5Row: boolean;
  readonly primaryBootloaderOffset?: number | undefined;
  readonly recoveryBootloaderOffset?: number | undefined;
  readonly extraSubtypes: readonly ExtraSubtype[];
  /** Values of the `$NAME` that a CSV may use. */
  readonly environment: Environment;
}

export const defaultTableOptions: TableOptions = {
  tableOffset: 0x8000,
  md5Row: true,
  extraSubtypes: [],
  environment: {},
};

/** The sector that holds the table, and the largest binary table in it; behind it only a Secure Boot V1 signature. */
export const TABLE_SECTOR = 0x1000;
export const TABLE_LENGTH = 0xc00;
export const ROW_LENGTH = 32;

/** How many partitions a table can hold: the row of the MD5 and the one that ends the table need room too. */
export const mostRows = ({ md5Row }: Pick<TableOptions, "md5Row">): number =>
  TABLE_LENGTH / ROW_LENGTH - (md5Row ? 2 : 1);

/** First offset behind the table: where the first partition may begin. */
export const firstFreeOffset = ({ tableOffset }: Pick<TableOptions, "tableOffset">): number =>
  tableOffset + TABLE_SECTOR;
