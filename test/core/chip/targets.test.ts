import { describe, expect, it } from "vitest";
import {
  FLASH_SIZES,
  flashSizeOfNibble,
  formatFlashSize,
  parseFlashSize,
} from "../../../core/chip/flashSize";
import { chipById, chipByImageId, chipTargets, isMappedFlash } from "../../../core/chip/targets";

/** From ESP-IDF's `esp_app_format.h` and each chip's bootloader offset. */
const CHIPS = [
  ["esp32", "ESP32", 0x00, 0x1000],
  ["esp32s2", "ESP32-S2", 0x02, 0x1000],
  ["esp32s3", "ESP32-S3", 0x09, 0],
  ["esp32c2", "ESP32-C2", 0x0c, 0],
  ["esp32c3", "ESP32-C3", 0x05, 0],
  ["esp32c5", "ESP32-C5", 0x17, 0x2000],
  ["esp32c6", "ESP32-C6", 0x0d, 0],
  ["esp32c61", "ESP32-C61", 0x14, 0],
  ["esp32h2", "ESP32-H2", 0x10, 0],
  ["esp32h21", "ESP32-H21", 0x19, 0],
  ["esp32h4", "ESP32-H4", 0x1c, 0x2000],
  ["esp32p4", "ESP32-P4", 0x12, 0x2000],
  ["esp32s31", "ESP32-S31", 0x20, 0x2000],
] as const;

describe("chip targets", () => {
  it.each(CHIPS)(
    "%s is %s, image chip id %i, bootloader at %i",
    (id, name, imageChipId, bootloaderOffset) => {
      expect(chipById(id)).toMatchObject({ id, name, imageChipId, bootloaderOffset });
      expect(chipByImageId(imageChipId)?.id).toBe(id);
    },
  );

  it("are the whole family and nothing else", () => {
    expect(chipTargets.map(({ id }) => id)).toEqual(CHIPS.map(([id]) => id));
    expect(chipById("esp8266")).toBeUndefined();
    expect(chipByImageId(1)).toBeUndefined();
  });

  it("map flash where the bootloader's should_map says, the end not included", () => {
    const esp32 = chipTargets[0];
    const mapped = [0x3f3fffff, 0x3f400000, 0x3f7fffff, 0x3f800000, 0x3fff0030, 0x400d0000, 0x40400000];
    expect(mapped.map((address) => esp32 && isMappedFlash(esp32, address))).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});

describe("flash sizes", () => {
  it("are read and written as ESP-IDF spells them", () => {
    expect(FLASH_SIZES.map(formatFlashSize)).toEqual([
      "1MB",
      "2MB",
      "4MB",
      "8MB",
      "16MB",
      "32MB",
      "64MB",
      "128MB",
    ]);
    expect(FLASH_SIZES.map((size) => parseFlashSize(formatFlashSize(size)))).toEqual(FLASH_SIZES);
    expect(parseFlashSize("4MB")).toBe(0x400000);
  });

  it.each(["", "4M", "3MB", "4mb", "4 MB", "256MB", "0x400000"])("%j is none", (text) => {
    expect(parseFlashSize(text)).toBeUndefined();
  });

  it("come from the header's nibble, 2 MB where it names none", () => {
    expect([0, 2, 7, 8, 15].map((nibble) => formatFlashSize(flashSizeOfNibble(nibble)))).toEqual([
      "1MB",
      "4MB",
      "128MB",
      "2MB",
      "2MB",
    ]);
  });
});
