import { describe, expect, it, test } from "vitest";
import { blankEntry, otaEntry } from "../../../core/ota/otadata";
import type { BootloaderModel } from "../../../core/sim/boot/model";
import { bootloaderImage } from "../../../core/sim/images";
import { makeApp, makeBootloader } from "../../support/imageFixture";
import { esp32, type FlashFixture, images, OTA_ROWS, SLOT_0, SLOT_1 } from "../support/deviceFixture";
import { both, start } from "../support/starts";

const { firmware } = images;
const factoryRows = [
  ...OTA_ROWS.slice(0, 4),
  { label: "factory", type: 0, subtype: 0, offset: 0x290000, size: 0x100000 },
];
const smallOtadata = OTA_ROWS.map((row) => (row.label === "otadata" ? { ...row, size: 0x1000 } : row));

describe("what a device starts, and what it says", () => {
  it.each<{
    what: string;
    fixture: FlashFixture;
    model?: BootloaderModel;
    starts: number | undefined;
    says: string;
  }>([
    {
      what: "blank otadata",
      fixture: { apps: both },
      starts: SLOT_0,
      says: "I (29) boot: No factory image, trying OTA 0",
    },
    {
      what: "blank otadata and a factory app",
      fixture: { rows: factoryRows, apps: [...both, [0x290000, firmware.bytes]] },
      starts: 0x290000,
      says: "I (29) boot: Defaulting to factory image",
    },
    {
      what: "damaged otadata",
      fixture: { apps: both, otadata: [{ ...otaEntry(2), crc: 1 }, blankEntry] },
      starts: SLOT_0,
      says: "E (31) boot: ota data partition invalid and no factory, will try all partitions",
    },
    {
      what: "damaged otadata and a factory app",
      fixture: {
        rows: factoryRows,
        apps: [...both, [0x290000, firmware.bytes]],
        otadata: [{ ...otaEntry(2), crc: 1 }, blankEntry],
      },
      starts: 0x290000,
      says: "ota data partition invalid, falling back to factory",
    },
    {
      what: "otadata that selects the second slot",
      fixture: { apps: both, otadata: [otaEntry(1), otaEntry(2)] },
      starts: SLOT_1,
      says: "Loaded app from partition at offset 0x150000",
    },
    {
      what: "a selected slot that is empty",
      fixture: { apps: [[SLOT_0, firmware.bytes]], otadata: [otaEntry(2), blankEntry] },
      starts: SLOT_0,
      says: "E (31) boot: OTA app partition slot 1 is not bootable",
    },
    {
      what: "otadata that is too small",
      fixture: { rows: smallOtadata, apps: both },
      starts: undefined,
      says: "ota_info partition size 4096 is too small (minimum 8192 bytes)",
    },
    {
      what: "no app",
      fixture: {},
      starts: undefined,
      says: "No bootable app partitions in the partition table",
    },
    {
      what: "a table that is too long for the header",
      fixture: { apps: both, bootloader: bootloaderImage({ chip: esp32, flashSize: 0x200000 }) },
      starts: undefined,
      says: "flash_parts: partition 3 invalid - offset 0x150000 size 0x140000 exceeds flash chip size 0x200000",
    },
    {
      what: "an MD5 row that the bootloader does not know",
      fixture: { apps: both },
      model: { kind: "stateless", idfVersion: "v3.0" },
      starts: undefined,
      says: "partition 5 invalid magic number 0xebeb",
    },
    {
      what: "no MD5 row, for a bootloader from before it",
      fixture: { apps: both, md5Row: "none" },
      model: { kind: "stateless", idfVersion: "v3.0" },
      starts: SLOT_0,
      says: "Loaded app from partition at offset 0x10000",
    },
    {
      what: "an app of another chip",
      fixture: { apps: [[SLOT_0, makeApp({ chip: "esp32c3" })]] },
      starts: undefined,
      says: "mismatch chip ID, expected 0, found 5",
    },
    {
      what: "an app of another chip, before chips were named",
      fixture: { apps: [[SLOT_0, makeApp({ chip: "esp32c3" })]] },
      model: { kind: "stateless", idfVersion: "v3.2" },
      starts: SLOT_0,
      says: "Loaded app from partition at offset 0x10000",
    },
    {
      what: "a bootloader of another chip",
      fixture: { apps: both, bootloader: makeBootloader({ chip: "esp32s3" }) },
      starts: undefined,
      says: "mismatch chip ID, expected 0, found 9",
    },
    {
      what: "no bootloader",
      fixture: { apps: both, bootloader: new Uint8Array(0) },
      starts: undefined,
      says: "invalid header: 0xffffffff",
    },
    {
      what: "a damaged bootloader",
      fixture: {
        apps: both,
        bootloader: bootloaderImage({ chip: esp32, flashSize: 0x400000 }).map((byte, at) =>
          at === 0x400 ? byte ^ 1 : byte,
        ),
      },
      starts: undefined,
      says: "Checksum failed.",
    },
  ])("$what", ({ fixture, model, starts, says }) => {
    const { app, lines } = start(fixture, model);
    expect(app?.offset).toBe(starts);
    expect(lines.join("\n")).toContain(says);
  });

  test("the partition table is listed as on a device", () => {
    expect(start({ apps: both }).lines).toEqual(
      expect.arrayContaining([
        "I (29) boot: ESP-IDF v3.3.5 2nd stage bootloader",
        "I (29) boot:  0 nvs              WiFi data        01 02 00009000 00005000",
        "I (29) boot:  1 otadata          OTA data         01 00 0000e000 00002000",
        "I (29) boot:  4 vfs              Unknown data     01 81 00290000 00170000",
      ]),
    );
  });
});
