import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRange } from "../../../core/delivery/byteRange";

const SIZE = 1000;

describe("a Range field", () => {
  it.each<[field: string | undefined, start: number, end: number]>([
    ["bytes=0-", 0, SIZE],
    ["bytes=0-0", 0, 1],
    ["bytes=500-", 500, SIZE],
    ["bytes=500-599", 500, 600],
    ["BYTES = 999-999", 999, SIZE],
    ["bytes=900-123456", 900, SIZE],
    ["bytes=-1", 999, SIZE],
    ["bytes=-5000", 0, SIZE],
  ])("%s", (field, start, end) => {
    expect(readRange(field, SIZE)).toEqual({ ok: true, value: { start, end } });
  });

  it.each([undefined, "", "items=0-5", "pages"])("%s means the whole file", (field) => {
    expect(readRange(field, SIZE)).toEqual({ ok: true, value: undefined });
  });

  it.each([
    "bytes=1000-",
    "bytes=5-4",
    "bytes=-",
    "bytes=-0",
    "bytes=abc",
    "bytes=0-,5-",
    "bytes=0-0,2-2,4-4",
    "bytes=99999999999999999999-",
    "bytes=1e3-",
    "bytes=0x10-",
    `bytes=${"0-1,".repeat(1000)}`,
  ])("%s is refused", (field) => {
    expect(readRange(field, SIZE)).toMatchObject({ ok: false, reason: "unsatisfiable" });
  });

  it("never leads out of the file", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(5000), fc.nat(5000), (text, first, last) => {
        for (const field of [text, `bytes=${text}`, `bytes=${first}-${last}`, `bytes=-${last}`]) {
          const range = readRange(field, SIZE);
          if (!range.ok || !range.value) continue;
          expect(range.value.start).toBeGreaterThanOrEqual(0);
          expect(range.value.start).toBeLessThan(range.value.end);
          expect(range.value.end).toBeLessThanOrEqual(SIZE);
        }
      }),
    );
  });
});
