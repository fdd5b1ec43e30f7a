import { endOf, type PlacedEntry } from "./entry";
import { TABLE_SECTOR, type TableOptions } from "./options";
import { isPrimary } from "./subtypes";

/** A piece of flash, in bytes: what lies there, or that nothing does. */
export interface FlashRegion {
  readonly kind: "bootloader" | "partition-table" | "partition" | "gap";
  readonly offset: number;
  readonly size: number;
  readonly entry?: PlacedEntry;
}

/** The whole flash in order of offset. Regions overlap where the table is wrong. */
export interface FlashLayout {
  readonly regions: readonly FlashRegion[];
  /** End of the last region with content, or the flash size where that is known and larger. */
  readonly end: number;
}

export function layoutOf(entries: readonly PlacedEntry[], options: TableOptions): FlashLayout {
  const partitions = entries
    .filter(({ type, subtype, size }) => !isPrimary(type, subtype) && size > 0)
    .map((entry): FlashRegion => ({ kind: "partition", offset: entry.offset, size: entry.size, entry }));
  const occupied = [...fixedRegions(options), ...partitions].sort((a, b) => a.offset - b.offset);
  const end = Math.max(options.flashSize ?? 0, ...occupied.map(endOf));
  return { regions: withGaps(occupied, end), end };
}

/** The space between regions that a partition could use, the rest of the flash included. */
export const gapsOf = ({ regions }: FlashLayout): FlashRegion[] =>
  regions.filter(({ kind }) => kind === "gap");

function fixedRegions({ tableOffset, primaryBootloaderOffset }: TableOptions): FlashRegion[] {
  const table: FlashRegion = { kind: "partition-table", offset: tableOffset, size: TABLE_SECTOR };
  if (primaryBootloaderOffset === undefined) return [table];
  const size = tableOffset - primaryBootloaderOffset;
  return [{ kind: "bootloader", offset: primaryBootloaderOffset, size }, table];
}

function withGaps(occupied: readonly FlashRegion[], end: number): FlashRegion[] {
  const regions: FlashRegion[] = [];
  let at = 0;
  for (const region of occupied) {
    if (at < region.offset) regions.push({ kind: "gap", offset: at, size: region.offset - at });
    regions.push(region);
    at = Math.max(at, endOf(region));
  }
  if (at < end) regions.push({ kind: "gap", offset: at, size: end - at });
  return regions;
}
