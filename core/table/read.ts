import type { Span } from "../text/span";
import { type Column, type CsvRow, cellOf } from "./csv";
import { parseNumber } from "./number";
import { TABLE_SECTOR, type TableOptions } from "./options";
import {
  APP,
  BOOTLOADER,
  isPrimary,
  type Keyword,
  PARTITION_TABLE,
  partitionTypes,
  RECOVERY,
  subtypesOf,
  UNDEFINED,
  wordValue,
} from "./subtypes";

/** Why a field could not be read; the rules turn each into a problem with a message and a fix. */
export type ReadFault = { readonly at: Span } & (
  | { readonly kind: "type-empty" | "app-subtype-empty" | "size-empty" }
  | {
      readonly kind: "keyword";
      readonly column: Column;
      readonly value: string;
      readonly known: readonly string[];
    }
  | { readonly kind: "number"; readonly column: Column; readonly value: string }
  | { readonly kind: "flag"; readonly flag: string }
  | { readonly kind: "no-bootloader-offset" | "no-recovery-offset" }
);

/**
 * What placing needs of a row. `offset` is undefined when blank or unreadable: `blankOffset` tells which.
 * `Row` is what leads back to the text: the row itself, or its number where the text is not at hand.
 */
export interface PlaceableRow<Row = CsvRow> {
  readonly row: Row;
  readonly name: string;
  readonly type: number | undefined;
  readonly subtype: number | undefined;
  readonly offset: number | undefined;
  readonly blankOffset: boolean;
  /** Whether the Offset column is blank, or the tool computes the offset itself. */
  readonly automatic: boolean;
  /** Bytes; a negative size `-X` means that the partition ends at address X. */
  readonly size: number | undefined;
  readonly encrypted: boolean;
  readonly readonly: boolean;
}

/** A row as far as it could be read, and why not further. */
export interface ReadRow extends PlaceableRow {
  readonly faults: readonly ReadFault[];
}

/** `PartitionDefinition.from_csv`, except that it goes on after a fault so that all faults are told at once. */
export function readRow(row: CsvRow, options: TableOptions): ReadRow {
  const faults: ReadFault[] = [];
  const type = readType(row, faults);
  const subtype = readSubtype(row, type, options, faults);
  const offset = readOffset(row, type, subtype, options, faults);
  const size = readSize(row, type, options, faults);
  const flags = readFlags(row, faults);
  const isBlank = cellOf(row, "offset").text === "";
  return {
    row,
    name: cellOf(row, "name").text,
    type,
    subtype,
    offset,
    blankOffset: offset === undefined && isBlank,
    automatic: isBlank || isPrimary(type, subtype),
    size,
    ...flags,
    faults,
  };
}

function readType(row: CsvRow, faults: ReadFault[]): number | undefined {
  if (cellOf(row, "type").text !== "") return readWord(row, "type", partitionTypes, faults);
  faults.push({ kind: "type-empty", at: cellOf(row, "type").span });
  return undefined;
}

function readSubtype(
  row: CsvRow,
  type: number | undefined,
  { extraSubtypes }: TableOptions,
  faults: ReadFault[],
): number | undefined {
  const cell = cellOf(row, "subtype");
  if (type === undefined) return undefined;
  if (cell.text !== "") return readWord(row, "subtype", subtypesOf(type, extraSubtypes), faults);
  if (type !== APP) return UNDEFINED;
  faults.push({ kind: "app-subtype-empty", at: cell.span });
  return undefined;
}

function readOffset(
  row: CsvRow,
  type: number | undefined,
  subtype: number | undefined,
  options: TableOptions,
  faults: ReadFault[],
): number | undefined {
  const at = cellOf(row, "type").span;
  if (isPrimary(type, subtype) && type === PARTITION_TABLE) return options.tableOffset;
  if (isPrimary(type, subtype)) {
    if (options.primaryBootloaderOffset === undefined) faults.push({ kind: "no-bootloader-offset", at });
    return options.primaryBootloaderOffset;
  }
  if (type === BOOTLOADER && subtype === RECOVERY) {
    if (options.recoveryBootloaderOffset === undefined) faults.push({ kind: "no-recovery-offset", at });
    return options.recoveryBootloaderOffset;
  }
  return cellOf(row, "offset").text === "" ? undefined : readNumber(row, "offset", faults);
}

function readSize(
  row: CsvRow,
  type: number | undefined,
  options: TableOptions,
  faults: ReadFault[],
): number | undefined {
  const cell = cellOf(row, "size");
  if (type === PARTITION_TABLE) return TABLE_SECTOR;
  if (type === BOOTLOADER) {
    if (options.primaryBootloaderOffset !== undefined)
      return options.tableOffset - options.primaryBootloaderOffset;
    const told = faults.some(({ kind }) => kind === "no-bootloader-offset");
    if (!told) faults.push({ kind: "no-bootloader-offset", at: cellOf(row, "type").span });
    return undefined;
  }
  if (cell.text !== "") return readNumber(row, "size", faults);
  faults.push({ kind: "size-empty", at: cell.span });
  return undefined;
}

/** Flags are split at `:` without stripping, and are case-sensitive. */
function readFlags(row: CsvRow, faults: ReadFault[]): { encrypted: boolean; readonly: boolean } {
  const cell = cellOf(row, "flags");
  const flags = [...new Set(cell.text.split(":"))];
  for (const flag of flags) {
    if (flag !== "" && flag !== "encrypted" && flag !== "readonly")
      faults.push({ kind: "flag", flag, at: cell.span });
  }
  return { encrypted: flags.includes("encrypted"), readonly: flags.includes("readonly") };
}

function readWord(
  row: CsvRow,
  column: Column,
  words: readonly Keyword[],
  faults: ReadFault[],
): number | undefined {
  const { text, span } = cellOf(row, column);
  const parsed = parseNumber(text, (word) => wordValue(words, word));
  if (parsed.ok) return parsed.value;
  faults.push(
    words.length === 0
      ? { kind: "number", column, value: parsed.rest, at: span }
      : { kind: "keyword", column, value: parsed.rest, known: words.map(({ name }) => name), at: span },
  );
  return undefined;
}

function readNumber(row: CsvRow, column: Column, faults: ReadFault[]): number | undefined {
  const { text, span } = cellOf(row, column);
  const parsed = parseNumber(text);
  if (parsed.ok) return parsed.value;
  faults.push({ kind: "number", column, value: parsed.rest, at: span });
  return undefined;
}
