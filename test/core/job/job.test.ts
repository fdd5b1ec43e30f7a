import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eraseBoard, eraseRegion } from "../../../core/job/erase";
import { type JobRegion, makeJob, rangeOf } from "../../../core/job/job";
import { mergedRanges, rangeEnd, sharedSize } from "../../../core/job/range";
import { pattern } from "../../support/bytes";
import { flashed, made, present, refusedAs } from "./boards";

const write = (address: number, size: number, name = "x"): JobRegion => ({
  kind: "write",
  address,
  name,
  purpose: "other",
  why: "",
  bytes: pattern(size, 1),
});
const erase = (address: number, size: number, name = "y"): JobRegion => ({
  kind: "erase",
  address,
  size,
  name,
  purpose: "other",
  why: "",
});

const checkRefused = (regions: readonly JobRegion[], reason: string, at: number, words: string): void => {
  const failure = refusedAs(makeJob({ title: "", regions }));
  expect(failure).toMatchObject({ reason, at });
  expect(failure.message).toContain(words);
};

describe("no job is made", () => {
  it.each([
    ["of nothing", [], "empty", 0, "nothing to write"],
    ["of an empty file", [write(0x1000, 0)], "empty", 0x1000, "the file is empty"],
    ["inside a sector", [write(0x8100, 1)], "alignment", 0x8100, "would begin at 0x8100"],
    ["that erases a part of a sector", [erase(0x8000, 0xc00)], "alignment", 0x8000, "would end at 0x8c00"],
    ["below flash", [write(-0x1000, 1)], "address", -0x1000, "does not lie in flash"],
    ["behind every flash", [erase(0xfffff000, 0x2000)], "address", 0xfffff000, "does not lie in flash"],
    ["at no address", [write(Number.NaN, 1)], "address", Number.NaN, "does not lie in flash"],
    [
      "that overlaps",
      [write(0x9000, 1, "b"), write(0x8000, 0x1001, "a")],
      "overlap",
      0x9000,
      "'a' (0x8000 to 0x9001) reaches into 'b'",
    ],
    [
      "that erases what it writes",
      [write(0x9000, 1), erase(0x9000, 0x1000)],
      "overlap",
      0x9000,
      "reaches into",
    ],
  ] as const)("%s", (_, regions, reason, at, words) => checkRefused(regions, reason, at, words));
});

describe("a job", () => {
  it("is in order of address and tells which sectors are erased", () => {
    const job = made(
      makeJob({ title: "t", regions: [erase(0x20000, 0x2000), write(0x9000, 5), write(0x8000, 0xc00)] }),
    );
    expect(job.regions.map(({ address }) => address)).toEqual([0x8000, 0x9000, 0x20000]);
    expect(job.erases).toEqual([
      { address: 0x8000, size: 0x2000 },
      { address: 0x20000, size: 0x2000 },
    ]);
    expect(job.totalBytes).toBe(0xc05);
  });

  it("that erases says so and nothing else", () => {
    expect(made(eraseBoard(0x400000))).toMatchObject({
      erases: [{ address: 0, size: 0x400000 }],
      totalBytes: 0,
      kept: [expect.any(String)],
    });
    expect(made(eraseRegion({ address: 0x9000, size: 0x5000 }, present())).lost).toEqual([
      "The settings in 'nvs' (20 KB at 0x9000) are lost, and with them the stored Wi-Fi credentials.",
    ]);
    expect(refusedAs(eraseRegion({ address: 0x9000, size: 1 }))).toMatchObject({ reason: "alignment" });
  });
});

const address = fc.integer({ min: 0, max: 40 }).map((sector) => sector * 0x1000);
const region: fc.Arbitrary<JobRegion> = fc.oneof(
  fc.tuple(address, fc.integer({ min: 1, max: 0x5000 })).map(([at, size]) => write(at, size)),
  fc.tuple(address, fc.integer({ min: 1, max: 5 })).map(([at, sectors]) => erase(at, sectors * 0x1000)),
);

describe("every job", () => {
  it("has regions in order that share no sector, or is refused because two of them do", () => {
    fc.assert(
      fc.property(fc.array(region, { minLength: 1, maxLength: 6 }), (regions) => {
        const job = makeJob({ title: "", regions });
        const sectors = regions.flatMap((one) => {
          const { address: from, size } = rangeOf(one);
          return Array.from({ length: Math.ceil(size / 0x1000) }, (_, index) => from / 0x1000 + index);
        });
        expect(job.ok).toBe(new Set(sectors).size === sectors.length);
        if (!job.ok) {
          expect(job.reason).toBe("overlap");
          return;
        }
        const total = job.value.erases.reduce((sum, { size }) => sum + size, 0);
        expect(total).toBe(sectors.length * 0x1000);
        for (const [index, next] of job.value.erases.slice(1).entries())
          expect(rangeEnd(job.value.erases[index] ?? next)).toBeLessThan(next.address);
      }),
    );
  });

  it("changes nothing outside of what it says it erases, and holds what it writes", () => {
    const before = pattern(0x40000, 3);
    fc.assert(
      fc.property(fc.array(region, { minLength: 1, maxLength: 4 }), (regions) => {
        const job = makeJob({ title: "", regions });
        if (!job.ok) return;
        const after = flashed(job.value, before);
        for (const one of job.value.regions) {
          const { address: at, size } = rangeOf(one);
          const expected = one.kind === "write" ? one.bytes : new Uint8Array(size).fill(0xff);
          expect(Buffer.compare(after.subarray(at, at + size), expected)).toBe(0);
          expect(job.value.erases.some((range) => sharedSize(range, { address: at, size }) === size)).toBe(
            true,
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});

it("ranges are merged without loss", () => {
  const range = fc.record({ address: fc.nat(60), size: fc.integer({ min: 1, max: 12 }) });
  const bytesOf = (ranges: readonly { address: number; size: number }[]) =>
    new Set(
      ranges.flatMap(({ address: at, size }) => Array.from({ length: size }, (_, index) => at + index)),
    );
  fc.assert(
    fc.property(fc.array(range), (ranges) => {
      const merged = mergedRanges(ranges);
      expect(bytesOf(merged)).toEqual(new Set([...bytesOf(ranges)].sort((a, b) => a - b)));
      expect(merged.reduce((sum, { size }) => sum + size, 0)).toBe(bytesOf(ranges).size);
    }),
  );
});
