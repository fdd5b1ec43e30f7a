import { describe, expect, it } from "vitest";
import { chipById } from "../../../core/chip/targets";
import type { DeliveredImage } from "../../../core/delivery/events";
import { vetFile } from "../../../core/delivery/vetFile";
import { vetImage } from "../../../core/delivery/vetImages";
import { concat } from "../../support/bytes";
import { makeRepartitioner, micropython, sourceRows, targetRows } from "../../support/deliveryFixture";
import { makeApp, makeCombined, makeMicroPython, makeTable } from "../../support/imageFixture";

const vetted = (image: DeliveredImage, bytes: Uint8Array) => vetFile(image, { name: "x.bin", bytes });

describe("a file that stands in the place of an image", () => {
  it.each<[what: string, image: DeliveredImage, bytes: Uint8Array, expected: RegExp]>([
    ["a combined image", "micropython", makeCombined(), /in one file, for writing by a cable/],
    ["a flash dump", "micropython", makeCombined({ flashOffset: 0 }), /in one file/],
    ["a damaged app", "repartitioner", makeApp().with(0x60, 1), /'x\.bin' cannot be sent\. .*checksum/i],
    ["a partition table", "repartitioner", makeTable(targetRows), /is a partition table, not an app/],
    ["MicroPython", "repartitioner", micropython, /in the place of the repartitioner/],
    ["the repartitioner", "micropython", makeRepartitioner(), /Were the two files swapped\?/],
    ["nothing", "micropython", new Uint8Array(0), /cannot be sent/],
  ])("is refused: %s", (_, image, bytes, expected) => {
    const { vetted: found, findings } = vetted(image, bytes);
    expect(found).toBeUndefined();
    expect(findings).toEqual([{ severity: "error", image, message: expect.stringMatching(expected) }]);
  });

  it("is sent without padding, and with its signature", () => {
    const padded = concat([micropython, new Uint8Array(64).fill(0xff)]);
    expect(vetted("micropython", padded).vetted?.bytes).toEqual(micropython);
    const signature = concat([new Uint8Array(4), new Uint8Array(64).fill(9)]);
    const signed = concat([micropython, signature]);
    expect(vetted("micropython", signed).vetted?.bytes).toEqual(signed);
  });
});

describe("an intact image", () => {
  const facts = {
    chip: chipById("esp32"),
    pair: undefined,
    targetTable: makeTable(targetRows),
    sourceTable: makeTable(sourceRows),
  };
  const found = (
    bytes: Uint8Array,
    changes: Partial<typeof facts> = {},
    image: DeliveredImage = "repartitioner",
  ) => {
    const { vetted: one } = vetted(image, bytes);
    if (!one) throw new Error("no image");
    return vetImage(one, { ...facts, ...changes }).map(({ severity, message }) => `${severity}: ${message}`);
  };

  it("is for the chip of the devices", () => {
    expect(found(makeMicroPython({ chip: "esp32s3" }), {}, "micropython")).toEqual([
      "error: 'x.bin' is built for ESP32-S3, but the devices are ESP32. Build or choose one for ESP32.",
    ]);
    expect(found(micropython, {}, "micropython")).toEqual([]);
  });

  it("is built for the table that has no MD5 row too", () => {
    const old = makeTable(targetRows, "none");
    expect(found(makeRepartitioner([old]), { targetTable: old })).toEqual([]);
    expect(found(makeRepartitioner([old]))).toEqual([expect.stringMatching(/^warning: .*cannot be seen/)]);
  });

  it("is not taken for one with a table because of bytes that look like an MD5 row", () => {
    const looksLike = concat([Uint8Array.of(0xeb, 0xeb), new Uint8Array(14).fill(0xff), new Uint8Array(16)]);
    const row = makeTable(targetRows).subarray(0, 32);
    expect(found(makeRepartitioner([looksLike, row, looksLike]))).toEqual([
      expect.stringMatching(/^warning: .*cannot be seen/),
    ]);
  });

  it("has a table of one byte more or less", () => {
    const table = makeTable(targetRows);
    const rows = targetRows.map((one) => (one.label === "vfs" ? { ...one, subtype: 0x82 } : one));
    expect(found(makeRepartitioner([makeTable(rows)]))).toEqual([expect.stringMatching(/^error: /)]);
    expect(found(makeRepartitioner([table.subarray(0, 0x100)]))).toEqual([]);
  });
});
