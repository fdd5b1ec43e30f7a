import { endOf } from "../table/entry";
import type { Range } from "./scene";

interface Piece {
  readonly offset: number;
  readonly size: number;
}

/** All bytes that lie in more than one region, as ranges that neither touch nor overlap. Takes regions in the order of their offsets. */
export function sharedRanges(regions: readonly Piece[]): Range[] {
  const shared: { offset: number; end: number }[] = [];
  let reach = 0;
  for (const region of regions) {
    const { offset } = region;
    const end = Math.min(endOf(region), reach);
    const last = shared.at(-1);
    if (offset < end) {
      if (last && offset <= last.end) last.end = Math.max(last.end, end);
      else shared.push({ offset, end });
    }
    reach = Math.max(reach, endOf(region));
  }
  return shared;
}

/** The shared bytes of one region. What is shared and lies in it, it shares with another. */
export function overlapsIn(shared: readonly Range[], region: Piece): Range[] {
  return shared
    .filter(({ offset, end }) => offset < endOf(region) && region.offset < end)
    .map(({ offset, end }) => ({
      offset: Math.max(offset, region.offset),
      end: Math.min(end, endOf(region)),
    }));
}
