import type { PartitionEntry } from "../table/entry";
import { flagsText } from "../table/print";
import { partitionTypes, subtypesOf } from "../table/subtypes";
import { csvSize, hex } from "../text/units";
import type { ProjectIdf } from "./projectIdf";

/**
 * The table that the devices have, as the tool of this ESP-IDF takes it: words that it does not know yet are numbers.
 * The build wants a table; none of its bytes reaches a device.
 */
export const sourceCsv = (entries: readonly PartitionEntry[], idf: ProjectIdf): string =>
  `# The partition table that the devices have today. The build checks the size of the app against it; it is not delivered.
# Name, Type, SubType, Offset, Size, Flags
${entries.map((entry) => `${rowOf(entry, idf)}\n`).join("")}`;

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
