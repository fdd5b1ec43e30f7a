import { makeApp, makeMicroPython } from "../../support/imageFixture";

/** A whole migration, as files: the stock table of Arduino devices, and a MicroPython that fits the new one. */

const source = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x140000
spiffs, data, spiffs, 0x290000, 0x170000
`;

const target = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x180000
vfs, data, fat, 0x2d0000, 0x130000
`;

export const repartitioner = makeApp({ size: 0xc0000 });

export const migrationFiles = {
  ".git": "",
  "crossflash.json": JSON.stringify({
    chip: "esp32",
    flashSize: "4MB",
    bootloader: { idf: "v5.0.4" },
    source: { table: "field/partitions.csv" },
    target: { table: "partitions.csv", micropython: "micropython.bin" },
  }),
  "field/partitions.csv": source,
  "partitions.csv": target,
  "micropython.bin": makeMicroPython({ size: 1_464_336 }),
  "repartitioner.bin": repartitioner,
};

/** What stands in no file. */
export const secure = "--rollback off --secure-boot off --flash-encryption off --chip-revision 3.1";
