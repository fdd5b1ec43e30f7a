/** A piece of flash that the map shows, in bytes, and how many pixels it needs to be read and hit. */
export interface MapRegion {
  readonly offset: number;
  readonly size: number;
  readonly minHeight: number;
}

/**
 * How the map turns addresses into pixels and back: straight between breakpoints, so that a 4 KB partition is as easy to
 * hit as one of 4 MB. Both lists grow strictly and have the same length; pixels are whole, so that edges are crisp.
 */
export interface MapScale {
  readonly addresses: readonly number[];
  readonly pixels: readonly number[];
  /** Of the whole map, in pixels. */
  readonly height: number;
}

/** The least height between two breakpoints, in pixels: two edges never lie on the same line. */
export const MIN_INTERVAL = 3;

/**
 * The scale of a map that is `height` pixels high, or higher where the regions need more. Heights are in proportion to
 * bytes as far as the least heights allow. `breakpoints` are further addresses that get a pixel of their own, such as
 * the end of flash.
 */
export function mapScale(
  regions: readonly MapRegion[],
  height: number,
  breakpoints: readonly number[] = [],
): MapScale {
  const shown = regions.filter(({ size }) => size > 0);
  const addresses = inOrder([
    ...shown.flatMap(({ offset, size }) => [offset, offset + size]),
    ...breakpoints,
  ]);
  const bytes = addresses.slice(1).map((address, i) => address - (addresses[i] ?? 0));
  const least = leastHeights(shown, addresses, bytes);
  const wanted = shareOut(bytes, least, height);
  // Only what goes beyond the least heights is rounded, so that no rounding takes a pixel of those.
  const pixels = [0];
  let needed = 0;
  let extra = 0;
  for (const [i, minimum] of least.entries()) {
    needed += minimum;
    extra += (wanted[i] ?? 0) - minimum;
    pixels.push(needed + Math.round(extra));
  }
  return { addresses, pixels, height: pixels.at(-1) ?? 0 };
}

/** Where the address lies, in pixels from the top; addresses outside the map lie at its ends. */
export const pixelAt = ({ addresses, pixels }: MapScale, address: number): number =>
  between(addresses, pixels, address);

/** The whole address at a pixel; pixels outside the map are its ends. Turns `pixelAt` round. */
export const addressAt = ({ addresses, pixels }: MapScale, pixel: number): number =>
  Math.round(between(pixels, addresses, pixel));

const inOrder = (addresses: readonly number[]): number[] => {
  const distinct = [...new Set(addresses)].sort((a, b) => a - b);
  return distinct.length === 0 ? [0] : distinct;
};

/**
 * What each interval needs, so that every region is high enough. Regions go by their ends: what a region still lacks is
 * shared out over its intervals by bytes, and no later region takes it away.
 */
function leastHeights(
  regions: readonly MapRegion[],
  addresses: readonly number[],
  bytes: readonly number[],
): number[] {
  const heights = bytes.map(() => MIN_INTERVAL);
  const index = new Map(addresses.map((address, i) => [address, i]));
  const byEnd = [...regions].sort((a, b) => a.offset + a.size - (b.offset + b.size));
  for (const { offset, size, minHeight } of byEnd) {
    const from = index.get(offset) ?? 0;
    const to = index.get(offset + size) ?? from;
    let has = 0;
    for (let i = from; i < to; i++) has += heights[i] ?? 0;
    const lack = Math.ceil(minHeight) - has;
    let passed = 0;
    let given = 0;
    for (let i = from; i < to && given < lack; i++) {
      passed += bytes[i] ?? 0;
      const share = Math.round((lack * passed) / size) - given;
      heights[i] = (heights[i] ?? 0) + share;
      given += share;
    }
  }
  return heights;
}

/**
 * Heights that together make `height`: each the larger one of its minimum and its share by bytes. Intervals whose
 * minimum is the highest for their bytes keep it; the others share what is left.
 */
function shareOut(bytes: readonly number[], least: readonly number[], height: number): number[] {
  const density = (i: number) => (least[i] ?? 0) / (bytes[i] ?? 1);
  const order = bytes.map((_, i) => i).sort((a, b) => density(b) - density(a));
  let room = height;
  let left = bytes.reduce((sum, size) => sum + size, 0);
  for (const i of order) {
    if (density(i) * left <= room) break;
    room -= least[i] ?? 0;
    left -= bytes[i] ?? 0;
  }
  const perByte = left > 0 ? Math.max(0, room / left) : 0;
  return bytes.map((size, i) => Math.max(least[i] ?? 0, size * perByte));
}

/** The value at `at` on the line through the points; beyond the first and the last point, theirs. */
function between(from: readonly number[], to: readonly number[], at: number): number {
  let low = 0;
  let high = from.length - 1;
  if (high < 0 || at <= (from[0] ?? 0)) return to[0] ?? 0;
  if (at >= (from[high] ?? 0)) return to[high] ?? 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((from[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  const [start = 0, end = 0] = [from[low], from[high]];
  const [first = 0, last = 0] = [to[low], to[high]];
  return first + ((at - start) / (end - start)) * (last - first);
}
