import { endOf } from "../../table/entry";

/** A piece of flash, in bytes. */
export interface Extent {
  readonly offset: number;
  readonly size: number;
}

/** What is left between `from` and `to` when all of `taken` is, in the order of the offsets. */
export function spacesBetween(taken: readonly Extent[], from: number, to: number): Extent[] {
  const spaces: Extent[] = [];
  let at = from;
  for (const extent of taken.toSorted((a, b) => a.offset - b.offset)) {
    if (at < extent.offset) spaces.push({ offset: at, size: Math.min(extent.offset, to) - at });
    at = Math.max(at, endOf(extent));
  }
  if (at < to) spaces.push({ offset: at, size: to - at });
  return spaces.filter(({ size }) => size > 0);
}

/** The largest one, of equal ones the first. */
export const largestOf = (spaces: readonly Extent[]): Extent | undefined =>
  spaces.reduce<Extent | undefined>(
    (best, space) => (best && best.size >= space.size ? best : space),
    undefined,
  );

export const overlaps = (a: Extent, b: Extent): boolean => a.offset < endOf(b) && b.offset < endOf(a);
