/** Where a region stands beside those that it overlaps: the `lane` from the left, of `lanes` that share the width. */
export interface Lane {
  readonly lane: number;
  readonly lanes: number;
}

interface Extent {
  readonly offset: number;
  readonly size: number;
}

/**
 * Puts overlapping regions side by side, as a calendar does with its events: no two in the same lane overlap, and all
 * that overlap, directly or through others, share the width evenly. One lane for each region, in the order given.
 */
export function lanesOf(regions: readonly Extent[]): Lane[] {
  const lanes: Lane[] = regions.map(() => ({ lane: 0, lanes: 1 }));
  for (const group of groupsOf(regions)) {
    const ends: number[] = [];
    const placed = group.map(([index, { offset, size }]) => {
      const free = ends.findIndex((end) => end <= offset);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = offset + size;
      return { index, lane };
    });
    for (const { index, lane } of placed) lanes[index] = { lane, lanes: ends.length };
  }
  return lanes;
}

type Numbered = readonly [index: number, region: Extent];

/** Regions that touch none of another group, in the order of their offsets; of two at the same place the larger first. */
function groupsOf(regions: readonly Extent[]): Numbered[][] {
  const inOrder = [...regions.entries()].sort(([, a], [, b]) => a.offset - b.offset || b.size - a.size);
  const groups: Numbered[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const numbered of inOrder) {
    const [, { offset, size }] = numbered;
    if (offset >= end) groups.push([]);
    groups.at(-1)?.push(numbered);
    end = Math.max(end, offset + size);
  }
  return groups;
}
