import { alignDown, alignUp, hex } from "../text/units";

/** A piece of flash, in bytes. */
export interface FlashRange {
  readonly address: number;
  readonly size: number;
}

/** What flash erases at least: all of a sector becomes FF, whoever owns the rest of it. */
export const SECTOR = 0x1000;

/** Flash addresses have 32 bits. */
export const ADDRESS_SPACE = 0x100000000;

/** First address behind the range. */
export const rangeEnd = ({ address, size }: FlashRange): number => address + size;

/** The bytes that both have; 0 where they do not meet. */
export const sharedSize = (a: FlashRange, b: FlashRange): number =>
  Math.max(0, Math.min(rangeEnd(a), rangeEnd(b)) - Math.max(a.address, b.address));

/** Bytes of all of them together. */
export const totalSize = (ranges: readonly Pick<FlashRange, "size">[]): number =>
  ranges.reduce((sum, { size }) => sum + size, 0);

/** The whole sectors that are erased before the range can be written. */
export function sectorsOf(range: FlashRange): FlashRange {
  const address = alignDown(range.address, SECTOR);
  return { address, size: alignUp(rangeEnd(range), SECTOR) - address };
}

/** The same bytes in order of address, as ranges that neither touch nor overlap. */
export function mergedRanges(ranges: readonly FlashRange[]): FlashRange[] {
  const merged: FlashRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.address - b.address)) {
    const last = merged.at(-1);
    if (!last || rangeEnd(last) < range.address) merged.push({ address: range.address, size: range.size });
    else
      merged[merged.length - 1] = { ...last, size: Math.max(rangeEnd(last), rangeEnd(range)) - last.address };
  }
  return merged;
}

/** `0x9000 to 0xe000`: the second address is the first one behind the range. */
export const rangeText = (range: FlashRange): string => `${hex(range.address)} to ${hex(rangeEnd(range))}`;
