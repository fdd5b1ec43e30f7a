import { expect, test } from "vitest";
import { type ChipId, chipById } from "../../../core/chip/targets";
import { encryption, revisionOf } from "../../../device/flasher/chipFuses";

/** What a chip with these words says of itself; all others read 0. */
const revisionWith = async (id: ChipId, words: Readonly<Record<number, number>>) => {
  const chip = chipById(id);
  return chip && (await revisionOf({ readReg: async (address) => words[address] ?? 0 }, chip));
};

test.each<[what: string, chip: ChipId, words: Readonly<Record<number, number>>, revision: number]>([
  ["an S3 of today", "esp32s3", { 1610641488: (2 << 18) | (1 << 24), 1610641516: 1 }, 2],
  ["an S3 with a major", "esp32s3", { 1610641488: 1 << 24, 1610641496: 1 << 24 }, 100],
  ["the first S3", "esp32s3", { 1610641488: 1 << 24, 1610641516: 1, 1610641496: (3 << 24) | (1 << 23) }, 0],
  ["a C3 with a high minor", "esp32c3", { 1610647632: 3 << 18, 1610647640: 1 << 23 }, 11],
  [
    "an ESP32 with its third bit",
    "esp32",
    { 1073061900: 1 << 15, 1073061908: 0x1100000, 1073111164: 1 << 31 },
    301,
  ],
  ["an ESP32 with that bit alone", "esp32", { 1073111164: 1 << 31 }, 0],
])("the revision of %s", async (_, chip, words, revision) =>
  expect(await revisionWith(chip, words)).toBe(revision),
);

test("encryption is on while an odd number of bits is burnt, so in development mode too", () => {
  expect([0, 1, 3, 7, 0x7f].map(encryption)).toEqual(["off", "on", "off", "on", "on"]);
});
