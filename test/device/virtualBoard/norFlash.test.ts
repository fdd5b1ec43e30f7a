import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BLOCK_SIZE,
  eraseFlash,
  flashMd5,
  programFlash,
  readFlash,
  SECTOR_SIZE,
} from "../../../device/virtualBoard/norFlash";
import { pattern } from "../../support/bytes";

const SIZE = 0x4000;
const place = fc.integer({ min: 0, max: SIZE + 8 });
const write = fc.record({ offset: place, data: fc.uint8Array({ maxLength: 300 }) });

test("writing only ever clears bits, exactly those that are 0 in what is written", () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 12 }), (writes) => {
      const flash = pattern(SIZE, 1);
      for (const { offset, data } of writes) {
        const before = flash.slice();
        const done = programFlash(flash, offset, data);
        expect(done).toBe(offset + data.length <= SIZE);
        const expected = before.slice();
        if (done)
          for (const [index, byte] of data.entries())
            expected.set([(before[offset + index] ?? 0) & byte], offset + index);
        expect(Buffer.compare(flash, expected)).toBe(0);
      }
    }),
  );
});

test("erasing sets whole sectors and nothing else", () => {
  const sectors = fc.integer({ min: 0, max: 6 });
  const skew = fc.constantFrom(0, 0, 0, 1, 0x800);
  fc.assert(
    fc.property(sectors, sectors, skew, skew, (first, count, offsetSkew, sizeSkew) => {
      const flash = pattern(SIZE, 2);
      const before = flash.slice();
      const [offset, size] = [first * SECTOR_SIZE + offsetSkew, count * SECTOR_SIZE + sizeSkew];
      const allowed = offsetSkew === 0 && sizeSkew === 0 && offset + size <= SIZE;
      expect(eraseFlash(flash, offset, size)).toBe(allowed);
      const expected = before.map((byte, at) =>
        allowed && at >= offset && at < offset + size ? 0xff : byte,
      );
      expect(Buffer.compare(flash, expected)).toBe(0);
    }),
  );
});

test("blocks are erased in units of 64 KiB", () => {
  const flash = new Uint8Array(BLOCK_SIZE * 2);
  expect(eraseFlash(flash, SECTOR_SIZE, BLOCK_SIZE, BLOCK_SIZE)).toBe(false);
  expect(eraseFlash(flash, BLOCK_SIZE, BLOCK_SIZE, BLOCK_SIZE)).toBe(true);
  expect(flash.indexOf(0xff)).toBe(BLOCK_SIZE);
});

test("what was erased and written once reads back, and has the MD5 of what was written", () => {
  fc.assert(
    fc.property(write, ({ offset, data }) => {
      const flash = new Uint8Array(SIZE).fill(0xff);
      const fits = programFlash(flash, offset, data);
      expect(readFlash(flash, offset, data.length)).toEqual(fits ? data : undefined);
      const digest = fits ? createHash("md5").update(data).digest("hex") : undefined;
      const found = flashMd5(flash, offset, data.length);
      expect(found && Buffer.from(found).toString("hex")).toBe(digest);
    }),
  );
});
