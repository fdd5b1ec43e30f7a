import { endOf, type PlacedEntry } from "../table/entry";
import { firstFreeOffset } from "../table/options";
import { APP, appSizeAlignment, isComputed, isPrimary } from "../table/subtypes";
import { placeRows } from "../table/table";
import type { EditOptions, LayoutRow } from "./intent";

export type Partition = PlacedEntry<number>;

/** The smallest thing that flash erases, and the pages in which it is mapped. */
export const SECTOR = 0x1000;
export const PAGE = 0x10000;

/** A partition that can be changed, and what lies around it. */
export interface Surroundings {
  readonly partition: Partition;
  /** All other partitions that take room, in the order of the rows. */
  readonly others: readonly Partition[];
  /** Where partitions may begin, and where they must end. */
  readonly lowest: number;
  readonly highest: number;
}

/** Undefined for a row without a place, without a size, or that the tool places itself. */
export function surroundingsOf(
  rows: readonly LayoutRow[],
  options: EditOptions,
  row: number,
): Surroundings | undefined {
  const taking = placeRows(rows, options).filter(
    ({ type, subtype, size }) => size > 0 && !isPrimary(type, subtype),
  );
  const partition = taking.find((entry) => entry.row === row);
  if (!partition || isComputed(partition.type)) return undefined;
  const others = taking.filter((entry) => entry !== partition);
  // What reaches beyond the end of flash already may stay, but not grow.
  const end = Math.max(options.flashSize ?? endOfUnknown(taking), endOf(partition));
  return { partition, others, lowest: firstFreeOffset(options), highest: Math.min(end, HIGHEST) };
}

/** The last page of 32 bits is left alone, because the end of a partition must be an address too. */
const HIGHEST = 2 ** 32 - PAGE;

/** As long as nobody says how large the flash is, there is room for as much as a usual one has. */
const endOfUnknown = (taking: readonly Partition[]): number => Math.max(...taking.map(endOf)) + 0x1000000;

/** The partition that ends the room behind this one: the one that begins next, or lies there already. */
export function nextBehind({ partition, others }: Surroundings): Partition | undefined {
  const end = endOf(partition);
  const [first, ...more] = others.filter((other) => end < endOf(other));
  if (!first) return undefined;
  const limit = ({ offset }: Partition): number => Math.max(offset, end);
  return more.reduce((next, other) => (limit(other) < limit(next) ? other : next), first);
}

/** Where the room behind a partition ends; undefined where nothing lies higher. */
export function limitBehind(around: Surroundings): number | undefined {
  const next = nextBehind(around);
  return next && Math.max(next.offset, endOf(around.partition));
}

/** Where the room in front of a partition begins; undefined where nothing lies lower. */
export function limitBefore({ partition, others }: Surroundings): number | undefined {
  const { offset } = partition;
  const limits = others
    .filter((other) => other.offset < offset)
    .map((other) => Math.min(endOf(other), offset));
  return limits.length > 0 ? Math.max(...limits) : undefined;
}

/** What the size of a partition is a multiple of, and with it the steps of its end. */
export const sizeStep = ({ type }: Partition, { secure }: EditOptions): number =>
  type === APP ? appSizeAlignment(secure) : SECTOR;
