import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lanesOf } from "../../../webview/geometry/lanes";

type Extent = readonly [offset: number, size: number];
const regionOf = ([offset, size]: Extent) => ({ offset, size });
const overlap = ([a, aSize]: Extent, [b, bSize]: Extent) => a < b + bSize && b < a + aSize;

describe("overlapping regions stand side by side", () => {
  const checkLanes = (extents: readonly Extent[], lanes: readonly string[]) =>
    expect(lanesOf(extents.map(regionOf)).map(({ lane, lanes: of }) => `${lane}/${of}`)).toEqual(lanes);

  it("has one lane where nothing overlaps", () =>
    checkLanes(
      [
        [0, 4],
        [4, 4],
        [8, 1],
      ],
      ["0/1", "0/1", "0/1"],
    ));
  it("gives two that overlap half the width each", () =>
    checkLanes(
      [
        [0, 4],
        [2, 4],
      ],
      ["0/2", "1/2"],
    ));
  it("uses a lane again, and joins who overlaps through another", () =>
    checkLanes(
      [
        [0, 4],
        [2, 6],
        [5, 4],
        [9, 1],
      ],
      ["0/2", "1/2", "0/2", "0/1"],
    ));
  it("puts the larger one of two at the same place to the left, in the order given", () =>
    checkLanes(
      [
        [0, 2],
        [0, 9],
      ],
      ["1/2", "0/2"],
    ));

  it("never puts two that overlap into one lane, nor makes them of different widths", () => {
    const extent = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(fc.array(extent, { maxLength: 30 }), (extents) => {
        const lanes = lanesOf(extents.map(regionOf));
        for (const [i, a] of extents.entries()) {
          const own = lanes[i] ?? { lane: -1, lanes: 0 };
          expect(own.lane).toBeGreaterThanOrEqual(0);
          expect(own.lane).toBeLessThan(own.lanes);
          const others = extents.flatMap((b, k) => (k !== i && overlap(a, b) ? [lanes[k]] : []));
          if (others.length === 0) expect(own).toEqual({ lane: 0, lanes: 1 });
          for (const other of others) {
            expect(other?.lane).not.toBe(own.lane);
            expect(other?.lanes).toBe(own.lanes);
          }
        }
      }),
    );
  });
});
