import { type FlashRange, rangeEnd, SECTOR } from "../../core/job/range";
import { alignDown } from "../../core/text/units";

/**
 * Which questions find out cheapest what differs, and what is sent then. Pure: the costs are measured by others.
 */
export interface Costs {
  /** Seconds that one MD5 of a group costs, whatever its size. */
  readonly question: number;
  /** Seconds that it takes to send one byte of flash contents. */
  readonly byte: number;
}

const GROUPS = { least: SECTOR, most: 0x40000 } as const;
/** In how many places an image differs from one that is nearly the same. */
const PLACES = 4;
/** Groups that are asked for together first, and one by one only where they differ. */
const GROUPS_TOGETHER = 16;
const SAMPLES = 5;

/**
 * Bytes of a group. The smaller it is, the more bundles of groups there are to ask for, but the less is sent in vain:
 * half a group for each place that differs. The sum is least where `size / 16 / group` questions cost as much as that.
 * A power of two, so that groups are whole sectors.
 */
export function groupSize(size: number, { question, byte }: Costs): number {
  const best = Math.sqrt((2 * size * question) / (GROUPS_TOGETHER * PLACES * byte));
  return Math.min(GROUPS.most, Math.max(GROUPS.least, 2 ** Math.round(Math.log2(best))));
}

/** Bytes of the groups that are asked for together. */
export const bundleSize = (group: number): number => GROUPS_TOGETHER * group;

/** Cut at the multiples of `unit`, so that the pieces erase alike wherever the range begins. */
export function pieces(range: FlashRange, unit: number): readonly FlashRange[] {
  const found: FlashRange[] = [];
  for (let address = range.address; address < rangeEnd(range); ) {
    const end = Math.min(rangeEnd(range), alignDown(address, unit) + unit);
    found.push({ address, size: end - address });
    address = end;
  }
  return found;
}

/** Some sectors all over the range: where all of them differ, it is no use to ask for the others. */
export function samples(range: FlashRange): readonly FlashRange[] {
  const sectors = pieces(range, SECTOR);
  const step = Math.max(1, (sectors.length - 1) / (SAMPLES - 1));
  const indices = Array.from({ length: SAMPLES }, (_, index) => Math.round(index * step));
  return sectors.filter((_, index) => indices.includes(index));
}

export interface Group extends FlashRange {
  readonly same: boolean;
}

/** Bytes that are as dear to send as it is to begin anew behind them. */
export const gapSize = ({ question, byte }: Costs): number => question / byte;

/** What is sent in one go each: groups that differ, with those of the gaps between them that are not worth a new run. */
export function runsOf(groups: readonly Group[], gap: number): readonly FlashRange[] {
  const runs: FlashRange[] = [];
  for (const group of groups) {
    if (group.same) continue;
    const last = runs.at(-1);
    if (last && group.address - rangeEnd(last) <= gap)
      runs[runs.length - 1] = { address: last.address, size: rangeEnd(group) - last.address };
    else runs.push({ address: group.address, size: group.size });
  }
  return runs;
}
