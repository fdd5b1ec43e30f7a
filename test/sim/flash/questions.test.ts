import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { readImage } from "../../../core/image/readImage";
import { blankFlash, eraseFlash, flashOf, writeFlash } from "../../../core/sim/flash/flash";
import { isBlankAt, isEqualAt, sha256At } from "../../../core/sim/flash/questions";
import { imageAt, verifyImage } from "../../../core/sim/flash/verifyImage";
import { appImage, bootloaderImage } from "../../../core/sim/images";
import { concat, pattern } from "../../support/bytes";
import { makeApp, sealAgain } from "../../support/imageFixture";

const SIZE = 0x80000;
const bytes = pattern(SIZE, 3);
const flash = flashOf(bytes);
const chipOf = (id: string) => {
  const chip = chipById(id);
  if (!chip) throw new Error(id);
  return chip;
};

describe("whether a place is blank", () => {
  const written = writeFlash(blankFlash(SIZE), 0x5001, Uint8Array.of(0xfe));
  it.each<[number, number, boolean]>([
    [0, SIZE, false],
    [0, 0x5001, true],
    [0x5000, 0x1000, false],
    [0x5002, 0x1000, true],
    [0x4fff, 3, false],
    [0x5001, 0, true],
  ])("from %i, %i bytes: %s", (offset, size, expected) =>
    expect(isBlankAt(written, { offset, size })).toBe(expected),
  );
});

describe("whether two places are equal", () => {
  const copy = bytes.slice();
  copy.set(bytes.subarray(0x2000, 0x5800), 0x40000);
  copy.set(bytes.subarray(0x2000, 0x2100), 0x60010);
  const both = flashOf(copy);
  it.each<[number, number, number, boolean]>([
    [0x2000, 0x40000, 0x3800, true],
    [0x2000, 0x40000, 0x3801, false],
    [0x2004, 0x40004, 0x2000, true],
    [0x2000, 0x41000, 0x1000, false],
    [0x2000, 0x60010, 0x100, true],
    [0x2000, 0x60010, 0x101, false],
  ])("from %i, 0x%i, %i bytes: %s", (a, b, size, expected) =>
    expect(isEqualAt(both, a, b, size)).toBe(expected),
  );
});

describe("the SHA-256 of a place", () => {
  it.each<[number, number]>([
    [0, SIZE],
    [0x1000, 0x2000],
    [0x1234, 0x4321],
    [0x1234, 1],
    [7, 0],
  ])("from %i, %i bytes is Node's, also when it is asked again", (offset, size) => {
    const expected = createHash("sha256")
      .update(bytes.subarray(offset, offset + size))
      .digest("hex");
    expect([sha256At(flash, { offset, size }), sha256At(flash, { offset, size })]).toEqual([
      expected,
      expected,
    ]);
  });

  it("is another one after a change, and the old one again where the bytes are the old ones", () => {
    const extent = { offset: 0x10000, size: 0x3000 };
    const before = sha256At(flash, extent);
    const erased = eraseFlash(flash, 0x11000, 0x1000);
    expect(sha256At(erased, extent)).not.toBe(before);
    expect(sha256At(writeFlash(erased, 0x11000, bytes.subarray(0x11000, 0x12000)), extent)).toBe(before);
  });
});

describe("images made for the simulator", () => {
  it.each(["esp32", "esp32s3", "esp32c3"])("of %s are read by everybody", (id) => {
    const chip = chipOf(id);
    for (const size of [1, 400, 0x10001, 0x12340]) {
      const image = appImage({ kind: "micropython", size, chip, idfVersion: "v4.4.4" });
      expect(image.bytes.length).toBeGreaterThanOrEqual(size);
      expect(image.bytes.length % 16).toBe(0);
      if (size > 400) expect(image.bytes.length - size).toBeLessThan(16);
      const read = readImage(image.bytes);
      expect(read).toMatchObject({ ok: true, value: { size: image.bytes.length, chip: { id } } });
      expect(image.sha256).toBe(createHash("sha256").update(image.bytes).digest("hex"));
      expect(imageAt(flashWith(image.bytes), { offset: 0x10000, size: 0x20000 }, chip.imageChipId)).toBe(
        image.bytes.length,
      );
    }
    const bootloader = readImage(bootloaderImage({ chip, flashSize: 0x800000, idfVersion: "v5.2.1" }));
    expect(bootloader).toMatchObject({ ok: true, value: { flashSize: 0x800000 } });
  });

  it("differ by kind", () => {
    const [a, b] = (["firmware", "repartitioner"] as const).map((kind) =>
      appImage({ kind, size: 4096, chip: chipOf("esp32") }),
    );
    expect(a?.sha256).not.toBe(b?.sha256);
  });
});

const flashWith = (image: Uint8Array, offset = 0x10000) => writeFlash(blankFlash(SIZE), offset, image);

describe("what the bootloader says of an image", () => {
  const app = makeApp({ size: 0x4000 });
  const changed = (at: number, value: number): Uint8Array =>
    app.map((byte, index) => (index === at ? value : byte));
  it.each<[string, Uint8Array, { offset?: number; size?: number; chip?: number | undefined }, string]>([
    [
      "nothing at all",
      new Uint8Array(0),
      {},
      "image at 0x10000 has invalid magic byte (nothing flashed here?)",
    ],
    ["an app of another chip", app, { chip: 5 }, "mismatch chip ID, expected 5, found 0"],
    ["a chip that nobody knows", changed(12, 0x77), {}, "mismatch chip ID, expected 0, found 119"],
    ["too many segments", changed(1, 17), {}, "image at 0x10000 is invalid"],
    ["a segment that goes on", changed(0x1e, 0x7f), {}, "doesn't fit in partition length 65536"],
    ["a segment of no words", changed(0x1c, 0x01), {}, "unaligned segment length 0x"],
    ["a byte that is wrong", changed(0x500, app[0x500] === 0 ? 1 : 0), {}, "Checksum failed. Calculated 0x"],
    [
      "a hash that is wrong",
      changed(app.length - 1, app.at(-1) === 0 ? 1 : 0),
      {},
      "Image hash failed - image is corrupt",
    ],
    [
      "a slot that is too small for the end",
      app,
      { size: 0x3ff0 },
      "Image length 16384 doesn't fit in partition length 16368",
    ],
    [
      "a slot that is much too small",
      app,
      { size: 0x1000 },
      "Image length 16384 doesn't fit in partition length 4096",
    ],
    [
      "a slot out of line",
      app,
      { offset: 0x11000 },
      "Segment 0 load address 0x3f400020, doesn't match data 0x00011020",
    ],
  ])("%s", (_, image, { offset = 0x10000, size = 0x10000, chip = 0 }, text) => {
    const verdict = verifyImage(flashWith(image, offset), { offset, size }, chip);
    expect(verdict.ok ? "accepted" : verdict.text).toContain(text);
  });

  it("accepts what is right, also without a hash, at an odd place within a sector, and of any chip before v3.3.1", () => {
    const plain = makeApp({ hash: "none", size: 0x2000 });
    expect(imageAt(flashWith(app), { offset: 0x10000, size: 0x4000 }, 0)).toBe(0x4000);
    expect(imageAt(flashWith(plain), { offset: 0x10000, size: 0x4000 }, 0)).toBe(0x2000);
    const foreign = makeApp({ chip: "esp32c3", size: 0x2000 });
    expect(verifyImage(flashWith(foreign), { offset: 0x10000, size: 0x4000 }, undefined).ok).toBe(true);
    expect(
      imageAt(flashOf(concat([pattern(SIZE - 0x8000, 1), pattern(0x8000, 2)])), { offset: 0, size: SIZE }, 0),
    ).toBe(0);
  });

  it("names the place that it was asked about, also where another one holds the same", () => {
    const erased = blankFlash(SIZE);
    const texts = [0x10000, 0x20000].map((offset) => verifyImage(erased, { offset, size: 0x10000 }, 0));
    expect(texts.map((verdict) => !verdict.ok && verdict.text.split(" has")[0])).toEqual([
      "image at 0x10000",
      "image at 0x20000",
    ]);
  });

  it("finds every single wrong byte", () => {
    const image = appImage({ kind: "firmware", size: 0x3000, chip: chipOf("esp32") }).bytes;
    const wrong = [0, 1, 12, 0x18, 0x1c, 0x20, 0xfff, 0x1000, 0x2fd0, image.length - 33, image.length - 1];
    for (const at of wrong) {
      const bad = image.map((byte, index) => (index === at ? byte ^ 4 : byte));
      expect(imageAt(flashWith(bad), { offset: 0x10000, size: 0x8000 }, 0), `0x${at.toString(16)}`).toBe(0);
    }
    expect(sealAgain(image)).toEqual(image);
  });
});
