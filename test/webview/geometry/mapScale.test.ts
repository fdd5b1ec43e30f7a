import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressAt,
  type MapRegion,
  type MapScale,
  MIN_INTERVAL,
  mapScale,
  pixelAt,
} from "../../../webview/geometry/mapScale";

const K = 1024;
const M = K * K;

/** Any regions: in order, overlapping, with holes, of any sizes. */
const regions = fc.array(
  fc.record({
    offset: fc.integer({ min: 0, max: 0x1000 }).map((sectors) => sectors * 0x1000),
    size: fc.oneof(
      fc.integer({ min: 0, max: 16 }).map((sectors) => sectors * 0x1000),
      fc.integer({ min: 1, max: 16 * M }),
    ),
    minHeight: fc.integer({ min: 0, max: 80 }),
  }),
  { maxLength: 40 },
);
const height = fc.integer({ min: 0, max: 20_000 });
const breakpoints = fc.array(fc.integer({ min: 0, max: 32 * M }), { maxLength: 3 });

const heightOf = (scale: MapScale, { offset, size }: MapRegion) =>
  pixelAt(scale, offset + size) - pixelAt(scale, offset);

const checkAll = (check: (scale: MapScale, regions: readonly MapRegion[], wanted: number) => void) =>
  fc.assert(
    fc.property(regions, height, breakpoints, (list, wanted, more) =>
      check(mapScale(list, wanted, more), list, wanted),
    ),
  );

describe("the scale of the map", () => {
  it("grows strictly, over every address, in whole pixels", () =>
    checkAll((scale, list) => {
      expect(scale.pixels).toHaveLength(scale.addresses.length);
      for (const [i, pixel] of scale.pixels.entries()) {
        expect(Number.isInteger(pixel)).toBe(true);
        if (i === 0) continue;
        expect(pixel - (scale.pixels[i - 1] ?? 0)).toBeGreaterThanOrEqual(MIN_INTERVAL);
        expect(scale.addresses[i]).toBeGreaterThan(scale.addresses[i - 1] ?? 0);
      }
      for (const { offset, size } of list.filter((region) => region.size > 0))
        for (const edge of [offset, offset + size]) expect(scale.addresses).toContain(edge);
    }));

  it("gives every region its least height, whatever it overlaps", () =>
    checkAll((scale, list) => {
      for (const region of list.filter(({ size }) => size > 0))
        expect(heightOf(scale, region)).toBeGreaterThanOrEqual(region.minHeight);
    }));

  it("is as high as asked for, or higher only where the regions need more", () =>
    checkAll((scale, list, wanted) => {
      const needed = mapScale(list, 0, scale.addresses).height;
      expect(scale.height).toBe(scale.addresses.length < 2 ? 0 : Math.max(needed, wanted));
    }));

  it("turns every address into a pixel and back", () => {
    fc.assert(
      fc.property(regions, height, fc.double({ min: 0, max: 1, noNaN: true }), (list, wanted, share) => {
        const scale = mapScale(list, wanted);
        const [first = 0, last = 0] = [scale.addresses[0], scale.addresses.at(-1)];
        const address = Math.round(first + share * (last - first));
        expect(addressAt(scale, pixelAt(scale, address))).toBe(address);
        for (const [i, edge] of scale.addresses.entries()) {
          expect(pixelAt(scale, edge)).toBe(scale.pixels[i]);
          expect(addressAt(scale, scale.pixels[i] ?? 0)).toBe(edge);
        }
      }),
    );
  });

  it("never goes back between two addresses", () => {
    const address = fc.integer({ min: -M, max: 40 * M });
    fc.assert(
      fc.property(regions, height, address, address, (list, wanted, a, b) => {
        const scale = mapScale(list, wanted);
        expect(pixelAt(scale, Math.min(a, b))).toBeLessThanOrEqual(pixelAt(scale, Math.max(a, b)));
      }),
    );
  });
});

describe("how the height is shared out", () => {
  const table = (...sizes: readonly (readonly [size: number, minHeight: number])[]): MapRegion[] => {
    let offset = 0;
    return sizes.map(([size, minHeight]) => {
      offset += size;
      return { offset: offset - size, size, minHeight };
    });
  };
  const checkHeights = (list: readonly MapRegion[], wanted: number, heights: readonly number[]) => {
    const scale = mapScale(list, wanted);
    expect(list.map((region) => heightOf(scale, region))).toEqual(heights);
  };

  it("is by bytes where there is room", () => checkHeights(table([M, 20], [3 * M, 20]), 400, [100, 300]));
  it("keeps the small ones readable at the cost of the large ones", () =>
    checkHeights(table([4 * K, 40], [M, 40], [3 * M, 40]), 440, [40, 100, 300]));
  it("grows where not all find room", () =>
    checkHeights(table([4 * K, 40], [M, 40], [M, 30]), 50, [40, 40, 30]));
  it("has no height without regions", () => {
    expect(mapScale([], 400).height).toBe(0);
    expect(pixelAt(mapScale([], 400), 5)).toBe(0);
    expect(addressAt(mapScale([], 400), 5)).toBe(0);
  });
  it("makes room once for two that overlap", () => {
    const both = [
      { offset: 0, size: 8 * K, minHeight: 40 },
      { offset: 4 * K, size: 8 * K, minHeight: 40 },
    ];
    expect(mapScale(both, 0).pixels).toEqual([0, 20, 49, 60]);
  });
});
