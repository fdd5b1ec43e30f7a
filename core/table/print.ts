import { csvSize, hex } from "../text/units";
import type { PartitionEntry } from "./entry";
import { type ExtraSubtype, subtypeName, typeName } from "./subtypes";

const header = "# ESP-IDF Partition Table\n# Name, Type, SubType, Offset, Size, Flags\n";

/** The CSV of a table, byte for byte as `PartitionTable.to_csv` prints it. */
export const printTable = (entries: readonly PartitionEntry[], extra: readonly ExtraSubtype[] = []): string =>
  header + entries.map((entry) => `${printRow(entry, extra)}\n`).join("");

/** `PartitionDefinition.to_csv`: words where there are any, decimal numbers otherwise. */
export function printRow(entry: PartitionEntry, extra: readonly ExtraSubtype[] = []): string {
  const { name, type, subtype, offset, size } = entry;
  return [
    name,
    typeName(type),
    subtypeName(type, subtype, extra),
    hex(offset),
    csvSize(size),
    flagsText(entry),
  ].join(",");
}

export const flagsText = ({ encrypted, readonly }: Pick<PartitionEntry, "encrypted" | "readonly">): string =>
  [...(encrypted ? ["encrypted"] : []), ...(readonly ? ["readonly"] : [])].join(":");
