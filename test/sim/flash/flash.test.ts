import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { contentStore } from "../../../core/sim/flash/contents";
import {
  blankFlash,
  contentKey,
  eraseFlash,
  erasesAt,
  type Flash,
  flashOf,
  readFlash,
  sameContent,
  withStuckSector,
  writeFlash,
} from "../../../core/sim/flash/flash";
import { blank, pattern } from "../../support/bytes";

const SIZE = 0x40000;
const SECTOR = 0x1000;
const all = (flash: Flash): Uint8Array => readFlash(flash, 0, flash.size);

describe("flash behaves as an array of bytes whose writes clear bits", () => {
  type Operation = {
    readonly erase: boolean;
    readonly offset: number;
    readonly size: number;
    readonly seed: number;
  };
  const operation = fc.record({
    erase: fc.boolean(),
    offset: fc.nat(SIZE - 1),
    size: fc.constantFrom(1, 16, 256, 4095, 4096, 9000),
    seed: fc.nat(1000),
  });
  const onBytes = (bytes: Uint8Array, { erase, offset, size, seed }: Operation): Uint8Array => {
    const next = bytes.slice();
    if (erase) return next.fill(0xff, offset - (offset % SECTOR), offset - (offset % SECTOR) + SECTOR);
    pattern(size, seed)
      .subarray(0, SIZE - offset)
      .forEach((byte, index) => {
        next[offset + index] = (next[offset + index] ?? 0) & byte;
      });
    return next;
  };
  const onFlash = (flash: Flash, { erase, offset, size, seed }: Operation): Flash =>
    erase
      ? eraseFlash(flash, offset - (offset % SECTOR), SECTOR)
      : writeFlash(flash, offset, pattern(size, seed).subarray(0, SIZE - offset));

  it("whatever is done to it, and every flash before stays what it was", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
        const store = contentStore();
        let bytes = blank(SIZE);
        let flash = blankFlash(SIZE, { store });
        const before: [Flash, Uint8Array][] = [];
        for (const one of operations) {
          before.push([flash, bytes]);
          bytes = onBytes(bytes, one);
          flash = onFlash(flash, one);
        }
        for (const [known, expected] of [...before, [flash, bytes] as const])
          expect(Buffer.compare(all(known), expected)).toBe(0);
        const made = flashOf(bytes, { store });
        expect(sameContent(made, flash)).toBe(true);
        expect(contentKey(made)).toBe(contentKey(flash));
      }),
      { numRuns: 60 },
    );
  });
});

test("what was written differently does not compare as equal", () => {
  const flash = blankFlash(SIZE);
  const written = writeFlash(flash, 0x5000, Uint8Array.of(0x7f));
  expect(sameContent(flash, written)).toBe(false);
  expect(sameContent(written, writeFlash(flash, 0x6000, Uint8Array.of(0x7f)))).toBe(false);
});

test("a piece of an image that is trusted keeps its identity, and one that is not is compared", () => {
  const store = contentStore();
  const image = pattern(SECTOR * 2, 7);
  const scratch = image.slice(0, SECTOR);
  store.trust(image);
  const flash = writeFlash(blankFlash(SIZE, { store }), 0, image);
  expect(
    sameContent(
      writeFlash(flash, SECTOR * 4, image.subarray(0, SECTOR)),
      writeFlash(flash, SECTOR * 4, scratch),
    ),
  ).toBe(true);
  scratch[5] = 0;
  const other = writeFlash(blankFlash(SIZE, { store }), 0, scratch);
  expect(readFlash(other, 5, 1)).toEqual(Uint8Array.of(0));
});

describe("wear", () => {
  it("counts erases of every sector, of a block too", () => {
    let flash = blankFlash(SIZE);
    flash = eraseFlash(flash, 0x10000, 0x10000);
    flash = eraseFlash(flash, 0x11000, SECTOR);
    flash = writeFlash(flash, 0x11000, Uint8Array.of(0));
    expect([0xf000, 0x10000, 0x11000, 0x1f000, 0x20000].map((offset) => erasesAt(flash, offset))).toEqual([
      0, 1, 2, 1, 0,
    ]);
  });
});

describe("a sector that is stuck", () => {
  const bytes = pattern(SECTOR * 3, 3);
  const stuck = withStuckSector(writeFlash(blankFlash(SIZE), 0, bytes), 0x1000);

  it("keeps what it has when it is erased, silently, and its neighbours do not", () => {
    let flash = stuck;
    for (const offset of [0, 0x1000, 0x2000]) flash = eraseFlash(flash, offset, SECTOR);
    expect(readFlash(flash, 0, SECTOR)).toEqual(blank(SECTOR));
    expect(readFlash(flash, SECTOR, SECTOR)).toEqual(bytes.slice(SECTOR, SECTOR * 2));
    expect(readFlash(flash, SECTOR * 2, SECTOR)).toEqual(blank(SECTOR));
    expect(erasesAt(flash, SECTOR)).toBe(0);
  });

  it("keeps it when it is written", () => {
    const flash = writeFlash(stuck, 0xffe, new Uint8Array(4));
    expect(readFlash(flash, 0xffe, 2)).toEqual(new Uint8Array(2));
    expect(readFlash(flash, SECTOR, 2)).toEqual(bytes.slice(SECTOR, SECTOR + 2));
  });
});

describe("strict", () => {
  it("notes where a write would have had to set bits", () => {
    let flash = blankFlash(SIZE, { strict: true });
    flash = writeFlash(flash, 0x1ffe, Uint8Array.of(0xf0, 0xf0, 0xf0));
    expect(flash.lifts).toEqual([]);
    flash = writeFlash(flash, 0x1ffe, Uint8Array.of(0x70, 0xf0, 0x0f));
    expect(flash.lifts).toEqual([0x2000]);
    flash = eraseFlash(flash, 0x2000, SECTOR);
    expect(writeFlash(flash, 0x2000, Uint8Array.of(0x0f)).lifts).toEqual([0x2000]);
  });

  it("is not on by itself", () => {
    const flash = writeFlash(blankFlash(SIZE), 0, Uint8Array.of(0));
    expect(writeFlash(flash, 0, Uint8Array.of(1)).lifts).toEqual([]);
  });
});

describe("what no program may ask", () => {
  const flash = blankFlash(SIZE);
  it.each<[string, () => unknown, RegExp]>([
    ["reading beyond the end", () => readFlash(flash, SIZE - 1, 2), /not inside/],
    ["writing beyond the end", () => writeFlash(flash, SIZE - 1, new Uint8Array(2)), /not inside/],
    ["a negative place", () => readFlash(flash, -1, 1), /not inside/],
    ["half a byte", () => readFlash(flash, 0.5, 1), /not inside/],
    ["erasing what is no unit", () => eraseFlash(flash, 0, 0x2000), /aligned units/],
    ["erasing a sector out of line", () => eraseFlash(flash, 0x800, SECTOR), /aligned units/],
    ["erasing a block out of line", () => eraseFlash(flash, 0x1000, 0x10000), /aligned units/],
    ["erasing beyond the end", () => eraseFlash(flash, SIZE, SECTOR), /not inside/],
    ["a flash of half a sector", () => blankFlash(0x800), /no flash/],
  ])("%s", (_, act, message) => expect(act).toThrow(message));
});
