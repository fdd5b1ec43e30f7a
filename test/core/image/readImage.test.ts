import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chipTargets } from "../../../core/chip/targets";
import { toHex } from "../../../core/image/bytes";
import type { ImageFault } from "../../../core/image/header";
import { readImage } from "../../../core/image/readImage";
import { concat, pattern } from "../../support/bytes";
import { makeApp, makeBootloader, makeImage, sealAgain } from "../../support/imageFixture";

const checkFault = (bytes: Uint8Array, reason: ImageFault, at: number, offset = 0): void => {
  const image = readImage(bytes, offset);
  expect(image).toMatchObject({ ok: false, reason, at });
  if (!image.ok) expect(image.message).toMatch(/^[A-Z].+\.$/);
};

const changed = (bytes: Uint8Array, at: number, ...values: number[]): Uint8Array => {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
};

const app = makeApp();

describe("an intact image", () => {
  it.each(chipTargets.map(({ id }) => id))("of the %s is read", (chip) => {
    const bytes = makeApp({ chip, flashSize: "16MB" });
    expect(readImage(bytes)).toMatchObject({
      ok: true,
      value: { chip: { id: chip }, offset: 0, size: bytes.length, flashSize: 0x1000000, flashMode: "dio" },
    });
  });

  it("gives its header, segments, checksum and hash", () => {
    const data = pattern(8, 7);
    const bytes = makeImage({ segments: [{ loadAddress: 0x3ffb0000, data }] });
    expect(readImage(bytes)).toEqual({
      ok: true,
      value: {
        chip: chipTargets[0],
        offset: 0,
        segmentCount: 1,
        entry: 0x40081540,
        flashMode: "dio",
        flashFrequency: 40,
        flashSize: 0x400000,
        minChipRevision: 0,
        maxChipRevision: undefined,
        hashAppended: true,
        size: 48 + 32,
        segments: [{ loadAddress: 0x3ffb0000, offset: 32, size: 8 }],
        checksum: data.reduce((sum, byte) => sum ^ byte, 0xef),
        sha256: toHex(sha256(bytes.subarray(0, 48))),
      },
    });
  });

  it.each([0, 4, 8, 12])("with %i bytes in its last row has its checksum in the right place", (size) => {
    const bytes = makeImage({ segments: [{ loadAddress: 0x3ffb0000, data: pattern(size, 9) }] });
    expect(readImage(bytes)).toMatchObject({ ok: true, value: { size: bytes.length } });
  });

  it("may have no SHA-256, stand behind other bytes and have others behind it", () => {
    const bytes = concat([pattern(100, 1), makeApp({ hash: "none" }), pattern(100, 2)]);
    expect(readImage(bytes, 100)).toMatchObject({
      ok: true,
      value: {
        offset: 100,
        size: bytes.length - 200,
        sha256: undefined,
        segments: [{ offset: 132 }, {}, {}],
      },
    });
  });

  it("tells chip revisions, from the full fields or the older byte", () => {
    const revisions = (bytes: Uint8Array) => {
      const image = readImage(sealAgain(bytes));
      return image.ok ? [image.value.minChipRevision, image.value.maxChipRevision] : image;
    };
    expect(revisions(changed(app, 14, 3, 0x2c, 1, 0x8f, 1))).toEqual([300, 399]);
    expect(revisions(changed(app, 14, 3))).toEqual([300, undefined]);
    expect(revisions(changed(makeApp({ chip: "esp32c3" }), 14, 3))).toEqual([3, undefined]);
    expect(revisions(changed(app, 17, 0xff, 0xff))).toEqual([0, undefined]);
  });
});

describe("a damaged image", () => {
  const checksumAt = app.length - 33;

  it("is named for what is wrong with it", () => {
    checkFault(new Uint8Array(0), "too-short", 0);
    checkFault(changed(app, 0, 0xe8), "no-magic", 0);
    checkFault(app.slice(0, 23), "too-short", 0);
    checkFault(changed(app, 1, 0), "segment-count", 1);
    checkFault(changed(app, 1, 17), "segment-count", 1);
    checkFault(changed(app, 12, 0x01), "unknown-chip", 12);
    checkFault(changed(app, 23, 2), "hash-flag", 23);
    checkFault(changed(app, 28, 0x02), "segment-size", 28);
    checkFault(changed(app, 100, (app[100] ?? 0) ^ 1), "checksum", checksumAt);
    checkFault(changed(app, 4, 0), "sha256", checksumAt + 1);
    checkFault(changed(app, app.length - 1, 0), "sha256", checksumAt + 1);
    checkFault(app.slice(0, -1), "truncated", app.length - 1);
  });

  it("of the ESP8266 is named", () => {
    const esp8266 = Uint8Array.from([0xe9, 3, 0, 0x40, 0x94, 2, 0x10, 0x40, 0, 0, 0x10, 0x40, 0x74, 5, 0, 0]);
    checkFault(concat([esp8266, pattern(100, 3)]), "esp8266", 0);
  });

  it("is noticed when the header denies the hash that follows", () => {
    checkFault(changed(app, 23, 0), "hash-flag", 23);
  });

  it("has its offset counted from the start of the file", () => {
    checkFault(concat([new Uint8Array(64), app.slice(0, -40)]), "truncated", 64 + app.length - 40, 64);
    checkFault(app, "too-short", app.length, app.length);
  });

  it.each([app, makeBootloader(), makeApp({ chip: "esp32c6", hash: "none" })])(
    "is noticed at every length",
    (whole) => {
      for (let length = 0; length < whole.length; length++) {
        const image = readImage(whole.subarray(0, length));
        const reasons: readonly string[] = length < 24 ? ["too-short"] : ["truncated"];
        expect(reasons).toContain(image.ok ? "read as intact" : image.reason);
      }
    },
  );

  it("is noticed at every changed byte", () => {
    for (let at = 0; at < app.length; at++) {
      for (const mask of [0x01, 0x80, 0xff]) {
        expect(readImage(changed(app, at, (app[at] ?? 0) ^ mask)).ok).toBe(false);
      }
    }
  });

  it("is noticed whatever single byte changes to", () => {
    const anyChange = fc.tuple(fc.nat(app.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(anyChange, ([at, mask]) => !readImage(changed(app, at, (app[at] ?? 0) ^ mask)).ok),
      { numRuns: 2000 },
    );
  });
});
