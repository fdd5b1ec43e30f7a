import { makeMicroPython, micropythonTexts } from "./imageFixture";

const source = `nvs,     data, nvs,    0x9000,  0x5000
otadata, data, ota,    0xe000,  0x2000
app0,    app,  ota_0,  0x10000, 0x20000
app1,    app,  ota_1,  0x30000, 0x20000
spiffs,  data, spiffs, 0x50000, 0xb0000
`;
const target = `nvs,     data, nvs,   0x9000,  0x5000
otadata, data, ota,   0xe000,  0x2000
app0,    app,  ota_0, 0x10000, 0x20000
app1,    app,  ota_1, 0x30000, 0x30000
vfs,     data, fat,   0x60000, 0x20000
`;
const manifest = {
  chip: "esp32",
  flashSize: "1MB",
  bootloader: { idf: "v3.3.5" },
  source: { table: "field/partitions.csv" },
  target: { table: "partitions.csv", micropython: "micropython.bin" },
};

/** The files of a migration of devices with so little flash that all their power cuts are tried in a moment. */
export const smallMigration: Readonly<Record<string, string | Uint8Array>> = {
  "crossflash.json": JSON.stringify(manifest, undefined, 2),
  "partitions.csv": target,
  "field/partitions.csv": source,
  "micropython.bin": makeMicroPython({ size: 150_000, texts: micropythonTexts("v1.14") }),
};

/** A binary that does not fit its slot. */
export const tooLarge: Uint8Array = makeMicroPython({ size: 250_000, texts: micropythonTexts("v1.14") });
