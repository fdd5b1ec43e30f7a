import type { CsvRow } from "./csv";
import { endOf, type PlacedEntry } from "./entry";
import { TABLE_SECTOR, type TableOptions } from "./options";
import { isPrimary } from "./subtypes";

/** A piece of flash, in bytes: what lies there, or that nothing does. */
export interface FlashRegion<Row = CsvRow> {
  readonly kind: "bootloader" | "partition-table" | "partition" | "gap";
  readonly offset: number;
  readonly size: number;
  readonly entry?: PlacedEntry<Row>;
}

/** What lies in flash beside the partitions. */
export type LayoutOptions = Pick<TableOptions, "tableOffset" | "flashSize" | "primaryBootloaderOffset">;

/** The whole flash in order of offset. Regions overlap where the table is wrong. */
export interface FlashLayout<Row = CsvRow> {
  readonly regions: readonly FlashRegion<Row>[];
  /** End of the last region with content, or the flash size where that is known and larger. */
  readonly end: number;
}

export function layoutOf<Row>(
  entries: readonly PlacedEntry<Row>[],
  options: LayoutOptions,
): FlashLayout<Row> {
  const partitions = entries
    .filter(({ type, subtype, size }) => !isPrimary(type, subtype) && size > 0)
    .map((entry): FlashRegion<Row> => ({ kind: "partition", offset: entry.offset, size: entry.size, entry }));
  const occupied = [...fixedRegions<Row>(options), ...partitions].sort((a, b) => a.offset - b.offset);
  const end = Math.max(options.flashSize ?? 0, ...occupied.map(endOf));
  return { regions: withGaps(occupied, end), end };
}

/** The space between regions that a partition could use, the rest of the flash included. */
export const gapsOf = <Row>({ regions }: FlashLayout<Row>): FlashRegion<Row>[] =>
  regions.filter(({ kind }) => kind === "gap");

function fixedRegions<Row>({ tableOffset, primaryBootloaderOffset }: LayoutOptions): FlashRegion<Row>[] {
  const table: FlashRegion<Row> = { kind: "partition-table", offset: tableOffset, size: TABLE_SECTOR };
  if (primaryBootloaderOffset === undefined) return [table];
  const size = tableOffset - primaryBootloaderOffset;
  return [{ kind: "bootloader", offset: primaryBootloaderOffset, size }, table];
}

function withGaps<Row>(occupied: readonly FlashRegion<Row>[], end: number): FlashRegion<Row>[] {
  const regions: FlashRegion<Row>[] = [];
  let at = 0;
  for (const region of occupied) {
    if (at < region.offset) regions.push({ kind: "gap", offset: at, size: region.offset - at });
    regions.push(region);
    at = Math.max(at, endOf(region));
  }
  if (at < end) regions.push({ kind: "gap", offset: at, size: end - at });
  return regions;
}
