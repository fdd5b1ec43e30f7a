import { endOf, type PartitionEntry } from "../table/entry";
import { TABLE_SECTOR } from "../table/options";
import { flagsText } from "../table/print";
import {
  APP,
  DATA,
  isComputed,
  NVS,
  OTADATA,
  offsetAlignment,
  partitionTypes,
  subtypesOf,
  TEE_OTADATA,
} from "../table/subtypes";
import { csvSize, hex } from "../text/units";
import type { ProjectIdf } from "./projectIdf";

/**
 * The table that the devices have, as the tool of this ESP-IDF takes it: words that it does not know yet are numbers.
 * The build wants a table; none of its bytes reaches a device. A table that devices live with may be one that the tool
 * refuses, and the build must not fail by it: rows are in the order of their places, names that it cannot read are other
 * ones, and rows that it would refuse are comments.
 */
export const sourceCsv = (entries: readonly PartitionEntry[], idf: ProjectIdf, tableOffset: number): string =>
  `# The partition table that the devices have today. The build checks the size of the app against it; it is not delivered.
# Name, Type, SubType, Offset, Size, Flags
${linesOf(entries, idf, tableOffset)
  .map((line) => `${line}\n`)
  .join("")}`;

function linesOf(entries: readonly PartitionEntry[], idf: ProjectIdf, tableOffset: number): string[] {
  const kept: PartitionEntry[] = [];
  return [...entries]
    .sort((a, b) => a.offset - b.offset)
    .map((entry) => {
      const row = rowOf({ ...entry, ...asTheToolWants(entry, kept) }, idf);
      const end = Math.max(tableOffset + TABLE_SECTOR, ...kept.map(endOf));
      if (entry.offset < end || !isAccepted(entry, kept)) return `# The tool refuses this row: ${row}`;
      kept.push(entry);
      return row;
    });
}

/** Apps are checked since v5.4 for whole sectors; what is lost by that is less than a sector. */
const asTheToolWants = ({ name, type, offset, size }: PartitionEntry, kept: readonly PartitionEntry[]) => ({
  name: /^[\w.-][\w. -]*$/.test(name) && !kept.some((one) => one.name === name) ? name : `at_${hex(offset)}`,
  size: type === APP ? size - (size % TABLE_SECTOR) : size,
});

/** What `verify` of some version of the tool finds nothing wrong with. */
function isAccepted(
  { type, subtype, offset, size, readonly }: PartitionEntry,
  kept: readonly PartitionEntry[],
) {
  if (isComputed(type) || offset % offsetAlignment(type) !== 0 || size === 0) return false;
  if (type !== DATA) return true;
  if (subtype === NVS) return readonly || size >= 3 * TABLE_SECTOR;
  if (subtype !== OTADATA && subtype !== TEE_OTADATA) return true;
  return size === 2 * TABLE_SECTOR && !kept.some((one) => one.type === DATA && one.subtype === subtype);
}

function rowOf(entry: PartitionEntry, idf: ProjectIdf): string {
  const { name, type, subtype, offset, size } = entry;
  return [
    name,
    wordFor(type, partitionTypes, idf),
    wordFor(subtype, subtypesOf(type), idf),
    hex(offset),
    csvSize(size),
    flagsText({ ...entry, readonly: entry.readonly && knows("v5.2", idf) }),
  ].join(",");
}

type Words = ReturnType<typeof subtypesOf>;

const wordFor = (value: number, words: Words, idf: ProjectIdf): string =>
  words.find((word) => word.value === value && knows(word.since, idf))?.name ?? hex(value);

/** The flag `readonly` came with v5.2; words carry the release that introduced them. */
function knows(since: string | undefined, { major, minor }: ProjectIdf): boolean {
  const [, first = "0", second = "0"] = /^v(\d+)\.(\d+)/.exec(since ?? "") ?? [];
  return major > Number(first) || (major === Number(first) && minor >= Number(second));
}
