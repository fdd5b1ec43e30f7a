import { endOf } from "../table/entry";
import { offsetAlignment } from "../table/subtypes";
import { alignDown, alignUp } from "../text/units";
import { boundaryOf, placesAt } from "./boundary";
import type { EditOptions, LayoutRow, Place } from "./intent";
import { type Surroundings, surroundingsOf } from "./surroundings";

/** What can be moved of a partition: its beginning, its end, or all of it. */
export type Handle = "start" | "end" | "body";

/** The addresses that a handle may take, from `min` to `max`; `step` is what they are multiples of at least. */
export interface DragLimits {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** How far a handle can go: of `body` the offset. Undefined where it cannot be moved. */
export function dragLimits(
  rows: readonly LayoutRow[],
  options: EditOptions,
  row: number,
  handle: Handle,
): DragLimits | undefined {
  const around = surroundingsOf(rows, options, row);
  if (!around) return undefined;
  if (handle === "body") return limitsOfBody(around);
  const boundary = boundaryOf(around, handle, options);
  return boundary && { min: boundary.min, max: boundary.max, step: boundary.step };
}

/**
 * The places that come of dragging a handle to an address; none where nothing changes. The address snaps to multiples of
 * `step` or of what alignment demands, whichever is larger, and to the limits, so that a neighbour can always be touched.
 */
export function dragTo(
  rows: readonly LayoutRow[],
  options: EditOptions,
  row: number,
  handle: Handle,
  to: number,
  step: number,
): readonly Place[] {
  const around = surroundingsOf(rows, options, row);
  if (!around) return [];
  if (handle === "body") return moveTo(around, to, step);
  const boundary = boundaryOf(around, handle, options);
  if (!boundary || to === boundary.at) return [];
  const at = snapped(to, boundary, step);
  return at === boundary.at ? [] : placesAt(boundary, at);
}

function moveTo(around: Surroundings, to: number, step: number): Place[] {
  const { row, offset, size } = around.partition;
  if (to === offset) return [];
  const offsets = freeFor(around).map((limits) => snapped(to, limits, step));
  const [first, ...more] = offsets;
  if (first === undefined) return [];
  const nearest = more.reduce(
    (best, other) => (Math.abs(other - to) < Math.abs(best - to) ? other : best),
    first,
  );
  return nearest === offset ? [] : [{ row, offset: nearest, size }];
}

function snapped(to: number, { min, max, step: least }: DragLimits, step: number): number {
  if (to <= min) return min;
  if (to >= max) return max;
  const grid = alignUp(Math.max(step, least), least);
  return Math.min(Math.max(Math.round(to / grid) * grid, min), max);
}

function limitsOfBody(around: Surroundings): DragLimits | undefined {
  const free = freeFor(around);
  const [first, last] = [free[0], free.at(-1)];
  return first && last && { min: first.min, max: last.max, step: first.step };
}

/** The offsets at which all of the partition lies in free flash, in order: one range for each gap that is large enough. */
function freeFor({ partition, others, lowest, highest }: Surroundings): DragLimits[] {
  const step = offsetAlignment(partition.type);
  const ranges: DragLimits[] = [];
  const addRange = (from: number, to: number): void => {
    const min = alignUp(from, step);
    const max = alignDown(to - partition.size, step);
    if (min <= max) ranges.push({ min, max, step });
  };
  let at = lowest;
  for (const other of others.toSorted((a, b) => a.offset - b.offset)) {
    addRange(at, Math.min(other.offset, highest));
    at = Math.max(at, endOf(other));
  }
  addRange(at, highest);
  return ranges;
}
