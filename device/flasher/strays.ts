import type { FlashJob } from "../../core/job/job";
import { type FlashRange, rangeEnd, SECTOR } from "../../core/job/range";
import { blankMd5 } from "../md5";
import type { BoardLoader } from "./loader";

/**
 * Commands carry no checksum, so one that is damaged on the way may begin at another address or be longer than it was
 * asked for. The first shows itself, because what was wanted is not there afterwards; the second goes on behind the
 * region, and is seen by the first bytes there that are not blank.
 */
export interface Witness {
  readonly range: FlashRange;
  readonly md5: string;
}

/** How far behind a region a witness is looked for, in bytes: hashing takes the board some time. */
const FARTHEST = 0x400000;

/** The flash that the job leaves alone, as far as it is known how much there is. */
export function untouchedBy({ erases }: Pick<FlashJob, "erases">, end: number | undefined): FlashRange[] {
  const starts = [0, ...erases.map(rangeEnd)];
  const ends = [...erases.map(({ address }) => address), end ?? 0];
  return starts.flatMap((address, index) => {
    const size = (ends[index] ?? 0) - address;
    return size > 0 ? [{ address, size }] : [];
  });
}

/** The first flash behind `from` that the job leaves alone and that holds something; undefined where all is blank. */
export async function findWitness(
  loader: BoardLoader,
  untouched: readonly FlashRange[],
  from: number,
): Promise<Witness | undefined> {
  for (const range of growing(untouched, from)) {
    const md5 = await loader.md5(range);
    // An answer that was damaged on the way is no witness.
    if (md5 !== blankMd5(range.size) && md5 === (await loader.md5(range))) return { range, md5 };
  }
  return undefined;
}

/** Whether what was there is still there. */
export const stands = async (loader: BoardLoader, { range, md5 }: Witness): Promise<boolean> =>
  (await loader.md5(range)) === md5 || (await loader.md5(range)) === md5;

/** A sector first, then twice as much each time. */
function growing(untouched: readonly FlashRange[], from: number): FlashRange[] {
  const found: FlashRange[] = [];
  for (const gap of untouched) {
    const end = Math.min(rangeEnd(gap), from + FARTHEST);
    for (let address = Math.max(gap.address, from); address < end; ) {
      const size = Math.min(SECTOR * 2 ** found.length, end - address);
      found.push({ address, size });
      address += size;
    }
  }
  return found;
}
