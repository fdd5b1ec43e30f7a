import { parseCsv } from "./csv";
import type { PartitionEntry } from "./entry";
import { defaultTableOptions, type TableOptions } from "./options";
import { printRow } from "./print";
import { BOOTLOADER, PARTITION_TABLE, PRIMARY, RECOVERY } from "./subtypes";
import { readTable } from "./table";
import { hasReference } from "./variables";

/** The tool computes the place of bootloaders and of the table from its options; a table that was decoded tells it. */
export function computedPlaces(entries: readonly PartitionEntry[]) {
  const offsetOf = (type: number, subtype: number) =>
    entries.find((entry) => entry.type === type && entry.subtype === subtype)?.offset;
  const tableOffset = offsetOf(PARTITION_TABLE, PRIMARY);
  return {
    ...(tableOffset === undefined ? {} : { tableOffset }),
    primaryBootloaderOffset: offsetOf(BOOTLOADER, PRIMARY),
    recoveryBootloaderOffset: offsetOf(BOOTLOADER, RECOVERY),
  };
}

/**
 * The names of the partitions whose printed row is not read back as the same partition. A CSV has no quotes, so a name
 * with a comma, a line end, a `#` in front or a blank around it is another one or none; nor does a row keep a
 * place that the tool computes.
 */
export const lostInCsv = (
  entries: readonly PartitionEntry[],
  options: TableOptions = { ...defaultTableOptions, ...computedPlaces(entries) },
): string[] => entries.filter((entry) => !readsBack(entry, options)).map(({ name }) => name);

const fields = ["name", "type", "subtype", "offset", "size", "encrypted", "readonly"] as const;

function readsBack(entry: PartitionEntry, options: TableOptions): boolean {
  // What a variable stands for is known only where the CSV is built.
  if (hasReference(entry.name)) return false;
  const [read] = readTable(parseCsv(printRow(entry, options.extraSubtypes)), options).entries;
  return fields.every((field) => read?.[field] === entry[field]);
}
