import { describe, expect, it } from "vitest";
import { blankFlash, erasesAt, readFlash, withStuckSector, writeFlash } from "../../../core/sim/flash/flash";
import { programmedAt, type Tear, tornErase, tornWrite } from "../../../core/sim/flash/torn";
import { blank, pattern } from "../../support/bytes";

const SIZE = 0x40000;
const SECTOR = 0x1000;
const BLOCK = 0x10000;
const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const old = pattern(BLOCK, 5);
const full = writeFlash(blankFlash(SIZE), BLOCK, old);

describe("a torn write", () => {
  const bytes = pattern(64, 9);

  it.each(seeds)("has its beginning, a part of one word, and nothing behind it (seed %i)", (seed) => {
    const flash = tornWrite(blankFlash(SIZE), 0x2000, bytes, 20, seed);
    expect(readFlash(flash, 0x2000, 20)).toEqual(bytes.slice(0, 20));
    const word = readFlash(flash, 0x2014, 4);
    expect(word.every((byte, at) => (byte & (bytes[20 + at] ?? 0)) === bytes[20 + at])).toBe(true);
    expect(readFlash(flash, 0x2018, 40)).toEqual(blank(40));
  });

  it("differs from seed to seed, and is the same for the same one", () => {
    const words = seeds.map((seed) =>
      readFlash(tornWrite(blankFlash(SIZE), 0, bytes, 20, seed), 20, 4).join(),
    );
    expect(new Set(words).size).toBeGreaterThan(10);
    expect(readFlash(tornWrite(blankFlash(SIZE), 0, bytes, 20, 3), 20, 4).join()).toBe(words[3]);
  });

  it("only clears bits of what stood there", () => {
    const flash = tornWrite(full, BLOCK, bytes, 8, 1);
    expect(readFlash(flash, BLOCK, 16).every((byte, at) => (byte & ~(old[at] ?? 0)) === 0)).toBe(true);
  });

  it.each<[Tear, number, number]>([
    ["begun", 64, 0],
    ["middle", 64, 28],
    ["almost", 64, 60],
    ["almost", 30, 28],
    ["almost", 3, 0],
  ])("%s of %i bytes has programmed %i", (tear, size, programmed) =>
    expect(programmedAt(size, tear)).toBe(programmed),
  );
});

describe("a torn erase", () => {
  const isSuperset = (bytes: Uint8Array, of: Uint8Array): boolean =>
    bytes.every((byte, at) => (byte & (of[at] ?? 0)) === of[at]);
  const kind = (bytes: Uint8Array, before: Uint8Array): string => {
    if (bytes.every((byte) => byte === 0xff)) return "blank";
    return bytes.every((byte, at) => byte === before[at]) ? "before" : "drifted";
  };
  const kindsOf = (tear: Tear, size: number, seed: number): string[] => {
    const flash = tornErase(full, BLOCK, size, tear, seed);
    return Array.from({ length: BLOCK / SECTOR }, (_, sector) => {
      const bytes = readFlash(flash, BLOCK + sector * SECTOR, SECTOR);
      const before = old.subarray(sector * SECTOR, (sector + 1) * SECTOR);
      expect(isSuperset(bytes, before)).toBe(true);
      return kind(bytes, before);
    });
  };
  const times = (count: number, word: string): string[] => new Array<string>(count).fill(word);

  it.each(seeds)("that has just begun has changed a few bits of the first sector (seed %i)", (seed) => {
    expect(kindsOf("begun", BLOCK, seed)).toEqual(["drifted", ...times(15, "before")]);
    const bytes = readFlash(tornErase(full, BLOCK, BLOCK, "begun", seed), BLOCK, SECTOR);
    expect(bytes.filter((byte, at) => byte !== old[at]).length).toBeLessThanOrEqual(8);
  });

  it.each(seeds)(
    "in the middle has erased some sectors, one partly, and others not at all (seed %i)",
    (seed) => {
      const kinds = kindsOf("middle", BLOCK, seed);
      const reached = kinds.indexOf("drifted");
      expect(kinds).toEqual([...times(reached, "blank"), "drifted", ...times(15 - reached, "before")]);
    },
  );

  it.each(seeds)("that was almost done has left some bits (seed %i)", (seed) => {
    expect(kindsOf("almost", BLOCK, seed)).toEqual([...times(15, "blank"), "drifted"]);
    const bytes = readFlash(tornErase(full, BLOCK, SECTOR, "almost", seed), BLOCK, SECTOR);
    const left = bytes.filter((byte) => byte !== 0xff).length;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(8);
  });

  it("reaches different sectors with different seeds", () => {
    expect(
      new Set(seeds.map((seed) => kindsOf("middle", BLOCK, seed).indexOf("drifted"))).size,
    ).toBeGreaterThan(4);
  });

  it("of a blank sector leaves it blank", () => {
    const flash = tornErase(full, 0, SECTOR, "almost", 1);
    expect(readFlash(flash, 0, SECTOR)).toEqual(blank(SECTOR));
  });

  it("wears the sectors that it reached, and does nothing to one that is stuck", () => {
    const flash = tornErase(withStuckSector(full, BLOCK), BLOCK, BLOCK, "almost", 1);
    expect([0, 1, 15].map((sector) => erasesAt(flash, BLOCK + sector * SECTOR))).toEqual([0, 1, 1]);
    expect(readFlash(flash, BLOCK, SECTOR)).toEqual(old.slice(0, SECTOR));
  });

  it("is no erase of anything else than a sector or a block", () =>
    expect(() => tornErase(full, 0x800, SECTOR, "begun", 1)).toThrow(RangeError));
});
