import { holdsCredentials, holdsKeys, roleOf } from "../picture/roles";
import type { PartitionEntry } from "../table/entry";
import { APP, isPrimary } from "../table/subtypes";
import { hex, sizeText } from "../text/units";
import { type FlashRange, rangeText, sharedSize } from "./range";

/** The partition table that a board has, and where it lies. */
export interface PresentTable {
  readonly tableOffset: number;
  readonly entries: readonly PartitionEntry[];
}

/** What a job does to what is on the board, a sentence for each thing. */
export interface Consequences {
  readonly lost: readonly string[];
  readonly kept: readonly string[];
}

/**
 * What becomes of every partition that the board has. Nothing is copied, so what a partition holds is kept only where
 * no sector of it is erased and the table afterwards still has it at the same place, as what it was.
 */
export function consequencesOf(
  erases: readonly FlashRange[],
  present: PresentTable | undefined,
  after: readonly PartitionEntry[] | undefined,
): Consequences {
  if (!present) return unknownConsequences(erases);
  const partitions = present.entries
    .filter(({ type, subtype, size }) => size > 0 && !isPrimary(type, subtype))
    .toSorted((a, b) => a.offset - b.offset);
  const fates = partitions.map((entry) => ({ entry, loss: lossOf(entry, erases, after) }));
  return {
    lost: fates.flatMap(({ loss }) => (loss === undefined ? [] : [loss])),
    kept: fates.flatMap(({ entry, loss }) => (loss === undefined ? [`${called(entry)} is kept.`] : [])),
  };
}

const unknownConsequences = (erases: readonly FlashRange[]): Consequences => ({
  lost: [
    `Which partitions the board has is not known: whatever lies at ${erases.map(rangeText).join(", ")} is lost.`,
  ],
  kept: ["Everything else in the flash stays as it is."],
});

function lossOf(
  entry: PartitionEntry,
  erases: readonly FlashRange[],
  after: readonly PartitionEntry[] | undefined,
): string | undefined {
  const range = { address: entry.offset, size: entry.size };
  if (erases.some((erased) => sharedSize(erased, range) > 0)) return overwritten(entry);
  return after && lossOfTable(entry, after);
}

function overwritten(entry: PartitionEntry): string {
  const name = called(entry);
  switch (roleOf(entry.type, entry.subtype, entry.name)) {
    case "app":
      return `The app in ${name} is overwritten.`;
    case "otadata":
      return `${name} is rewritten: which app the board started until now is forgotten.`;
    case "nvs":
      if (holdsKeys(entry))
        return `The keys in ${name} are lost, and without them an encrypted NVS cannot be read.`;
      return `The settings in ${name} are lost${holdsCredentials(entry) ? ", and with them the stored Wi-Fi credentials" : ""}.`;
    case "filesystem":
      return `The files in ${name} are lost.`;
    default:
      return `What ${name} holds is lost.`;
  }
}

/** The bytes stay, but the new table may have no partition that leads to them. */
function lossOfTable(entry: PartitionEntry, after: readonly PartitionEntry[]): string | undefined {
  const heir = after.find((row) => row.offset === entry.offset && isSameKind(row, entry));
  if (!heir)
    return `${called(entry)} is no longer in the table: nothing finds what it holds, and it will be overwritten.`;
  const role = roleOf(entry.type, entry.subtype, entry.name);
  if (role === "filesystem" && heir.size !== entry.size)
    return `${called(entry)} becomes ${sizeText(heir.size)} large: its files may be lost, because a filesystem does not change its size by itself.`;
  if (heir.size >= entry.size || role === "app") return undefined;
  return `${called(entry)} shrinks to ${sizeText(heir.size)}: what it holds may be lost.`;
}

/** An app starts from its place as whichever slot; data are found by their subtype. */
const isSameKind = (a: PartitionEntry, b: PartitionEntry): boolean =>
  a.type === b.type && (a.type === APP || a.subtype === b.subtype);

const called = ({ name, offset, size }: PartitionEntry): string =>
  `'${name}' (${sizeText(size)} at ${hex(offset)})`;
