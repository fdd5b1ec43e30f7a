import { endOf } from "../table/entry";
import { APP, isComputed, offsetAlignment } from "../table/subtypes";
import { alignDown, alignUp } from "../text/units";
import type { EditOptions, Place } from "./intent";
import {
  limitBefore,
  limitBehind,
  PAGE,
  type Partition,
  SECTOR,
  type Surroundings,
  sizeStep,
} from "./surroundings";

/** An edge that can be dragged: the end of `lower`, the beginning of `upper`, or both where they touch. */
export interface Boundary {
  readonly at: number;
  readonly lower: Partition | undefined;
  readonly upper: Partition | undefined;
  /** Multiples of `step`. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** The edge of a partition, with the neighbour that touches it; undefined where it cannot move at all. */
export function boundaryOf(
  around: Surroundings,
  handle: "start" | "end",
  options: EditOptions,
): Boundary | undefined {
  const { partition, lowest, highest } = around;
  const isStart = handle === "start";
  const at = isStart ? partition.offset : endOf(partition);
  const touching = isStart ? touchingBefore(around) : touchingBehind(around);
  const canBoth = touching && (isStart ? canEndElsewhere : canBeginElsewhere)(touching, options);
  const neighbour = canBoth ? touching : undefined;
  const [lower, upper] = isStart ? [neighbour, partition] : [partition, neighbour];
  if (!(isStart ? canBeginElsewhere : canEndElsewhere)(partition, options)) return undefined;
  const step = Math.max(
    lower ? sizeStep(lower, options) : SECTOR,
    upper ? offsetAlignment(upper.type) : SECTOR,
  );
  const from = lower ? lower.offset + smallest(lower) : (limitBefore(around) ?? lowest);
  const to = upper ? endOf(upper) - smallest(upper) : (limitBehind(around) ?? highest);
  const min = alignUp(Math.max(from, lowest), step);
  const max = alignDown(Math.min(to, highest), step);
  return min <= max ? { at, lower, upper, min, max, step } : undefined;
}

/** The places of both sides when the boundary lies elsewhere. */
export const placesAt = ({ lower, upper }: Boundary, at: number): Place[] => [
  ...(lower ? [{ row: lower.row, offset: lower.offset, size: at - lower.offset }] : []),
  ...(upper ? [{ row: upper.row, offset: at, size: endOf(upper) - at }] : []),
];

/** The one partition that ends where this one begins, where nothing else lies there. */
function touchingBefore({ partition: { offset }, others }: Surroundings): Partition | undefined {
  const [first, ...more] = others.filter((other) => other.offset < offset && offset <= endOf(other));
  return first && more.length === 0 && endOf(first) === offset ? first : undefined;
}

function touchingBehind({ partition, others }: Surroundings): Partition | undefined {
  const end = endOf(partition);
  const [first, ...more] = others.filter((other) => other.offset <= end && end < endOf(other));
  return first && more.length === 0 && first.offset === end ? first : undefined;
}

/** An app whose other edge is out of alignment could get no valid size. */
const canEndElsewhere = (entry: Partition, options: EditOptions): boolean =>
  !isComputed(entry.type) && (entry.type !== APP || entry.offset % sizeStep(entry, options) === 0);

const canBeginElsewhere = (entry: Partition, options: EditOptions): boolean =>
  !isComputed(entry.type) && (entry.type !== APP || endOf(entry) % sizeStep(entry, options) === 0);

/** What a drag leaves of a partition; one that is smaller today may stay so. */
const smallest = ({ type, size }: Partition): number => Math.min(size, type === APP ? PAGE : SECTOR);
