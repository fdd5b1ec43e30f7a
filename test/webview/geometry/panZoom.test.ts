import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressAt, mapScale, pixelAt } from "../../../webview/geometry/mapScale";
import {
  clampZoom,
  MAX_ZOOM,
  MIN_ZOOM,
  wheelFactor,
  zoomAt,
  zoomToRegion,
} from "../../../webview/geometry/panZoom";

const WINDOW = 500;
const sizes = [0x8000, 0x1000, 0x5000, 0x2000, 0x140000, 0x180000, 0x130000, 0x10000];
const regions = sizes.map((size, i) => ({
  offset: sizes.slice(0, i).reduce((sum, other) => sum + other, 0),
  size,
  minHeight: 26,
}));
const scaleOf = (zoom: number) => mapScale(regions, WINDOW * zoom);

const zoom = fc.double({ min: MIN_ZOOM, max: MAX_ZOOM, noNaN: true });
const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("zooming the map", () => {
  it("keeps the address under the pointer in its place", () => {
    fc.assert(
      fc.property(zoom, factor, share, share, (before, by, scrolled, pointer) => {
        const anchor = pointer * WINDOW;
        const scrollTop = scrolled * scaleOf(before).height - anchor;
        const address = addressAt(scaleOf(before), scrollTop + anchor);
        const after = zoomAt({ zoom: before, scrollTop }, by, anchor, scaleOf);
        // A byte is a thousandth of a pixel at least.
        expect(pixelAt(scaleOf(after.zoom), address) - after.scrollTop).toBeCloseTo(anchor, 1);
      }),
    );
  });
  it("leaves the edge of the map where it is when the pointer is beside it", () => {
    const above = zoomAt({ zoom: 1, scrollTop: -300 }, 4, 100, scaleOf);
    expect(above.scrollTop).toBe(-300);
    const { height } = scaleOf(1);
    const below = zoomAt({ zoom: 1, scrollTop: height - 200 }, 4, 250, scaleOf);
    expect(scaleOf(4).height - below.scrollTop).toBe(200);
  });
  it("stays between the whole flash and a sector", () => {
    expect([0, 0.5, 1, 5, 32, 99].map(clampZoom)).toEqual([1, 1, 1, 5, 32, 32]);
    expect(zoomAt({ zoom: 20, scrollTop: 0 }, 9, 0, scaleOf).zoom).toBe(MAX_ZOOM);
  });
  it("magnifies when the wheel goes away from the hand", () => expect(wheelFactor(-100)).toBeGreaterThan(1));
  it("goes back the way it came", () => expect(wheelFactor(40) * wheelFactor(-40)).toBeCloseTo(1, 10));
  it("is no faster for a wheel that tells large numbers", () =>
    expect(wheelFactor(5000)).toBe(wheelFactor(100)));
});

describe("zooming to a region", () => {
  for (const region of regions)
    it(`shows ${region.size} bytes whole, in the middle of the window`, () => {
      const view = zoomToRegion(region, WINDOW, scaleOf);
      const scale = scaleOf(view.zoom);
      const top = pixelAt(scale, region.offset) - view.scrollTop;
      const bottom = pixelAt(scale, region.offset + region.size) - view.scrollTop;
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(WINDOW);
      expect((top + bottom) / 2).toBeCloseTo(WINDOW / 2, 6);
      expect(view.zoom === MAX_ZOOM || bottom - top > WINDOW / 3).toBe(true);
    });
});
