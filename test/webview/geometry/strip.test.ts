import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MIN_WIDTH, ribbonPath, stripRect, stripX } from "../../../webview/geometry/strip";
import { ticksOf } from "../../../webview/geometry/ticks";

const K = 1024;
const M = K * K;

const total = fc.integer({ min: 1, max: 128 * M });
const width = fc.integer({ min: 300, max: 4000 });
/** A share of the flash from one point to another. */
const shares = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe("the strip", () => {
  it("is true to scale to the pixel, except for what would be too small to see", () => {
    fc.assert(
      fc.property(total, width, shares, (end, pixels, [from, to]) => {
        const rect = stripRect(from * end, to * end, end, pixels);
        expect(Math.abs(rect.x - stripX(from * end, end, pixels))).toBeLessThanOrEqual(MIN_WIDTH);
        expect(rect.width).toBeGreaterThanOrEqual(MIN_WIDTH);
        expect(rect.x).toBeGreaterThanOrEqual(0);
        expect(rect.x + rect.width).toBeLessThanOrEqual(pixels);
        if ((to - from) * pixels > MIN_WIDTH + 1)
          expect(Math.abs(rect.x + rect.width - to * pixels)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });
  it("shows nothing of no flash", () => expect(stripX(5, 0, 100)).toBe(0));
});

describe("ribbons", () => {
  const numbers = (path: string) => [...path.matchAll(/-?[\d.]+/g)].map(Number);

  it("begin and end at the edges of what they join", () => {
    fc.assert(
      fc.property(total, width, shares, shares, (end, pixels, above, below) => {
        const [from, to] = [above, below].map(([a, b]) => ({ offset: a * end, end: b * end }));
        if (!from || !to) return;
        const upper = stripRect(from.offset, from.end, end, pixels);
        const lower = stripRect(to.offset, to.end, end, pixels);
        const path = ribbonPath(from, to, { end, width: pixels, top: 34, bottom: 64 });
        const points = numbers(path);
        expect(points).toHaveLength(16);
        expect(points.slice(0, 2)).toEqual([upper.x, 34]);
        expect(points.slice(6, 10)).toEqual([lower.x, 64, lower.x + lower.width, 64]);
        expect(points.slice(14)).toEqual([upper.x + upper.width, 34]);
      }),
    );
  });
  it("leave both strips upright", () =>
    expect(
      ribbonPath(
        { offset: 0, end: 50 },
        { offset: 50, end: 100 },
        { end: 100, width: 100, top: 0, bottom: 20 },
      ),
    ).toBe("M0 0C0 10 50 10 50 20L100 20C100 10 50 10 50 0Z"));
});

describe("ticks", () => {
  const checkTicks = (end: number, pixels: number, labels: readonly string[]) =>
    expect(ticksOf(end, pixels).map(({ label }) => label)).toEqual(labels);

  it("are round", () =>
    checkTicks(4 * M, 600, ["0", "512 KB", "1 MB", "1.5 MB", "2 MB", "2.5 MB", "3 MB", "3.5 MB", "4 MB"]));
  it("are few in a narrow panel", () => checkTicks(16 * M, 300, ["0", "4 MB", "8 MB", "12 MB", "16 MB"]));
  it("stop before a flash that ends between them", () => checkTicks(5 * M, 200, ["0", "2 MB", "4 MB"]));
  it("are exact where they are narrow", () =>
    expect(ticksOf(2 * M + 128 * K, 2000).at(-1)).toMatchObject({ label: "2176 KB" }));
  it("need a flash and a width", () => {
    checkTicks(0, 600, []);
    checkTicks(4 * M, 0, []);
  });

  it("keep their distance, in order, within the strip", () => {
    fc.assert(
      fc.property(total, width, fc.integer({ min: 20, max: 200 }), (end, pixels, gap) => {
        const ticks = ticksOf(end, pixels, gap);
        expect(ticks[0]).toEqual({ address: 0, x: 0, label: "0" });
        for (const [i, { address, x }] of ticks.entries()) {
          expect(address).toBeLessThanOrEqual(end);
          expect(x).toBeLessThanOrEqual(pixels + 1e-6);
          if (i > 0) expect(x - (ticks[i - 1]?.x ?? 0)).toBeGreaterThanOrEqual(gap - 1e-6);
        }
        // Never fewer than half of what would fit.
        const most = Math.floor(pixels / gap) + 1;
        if (end / 4096 > most) expect(ticks.length).toBeGreaterThanOrEqual(most / 2 - 1);
      }),
    );
  });
});
