import { concat, pattern } from "./bytes";
import { makeApp, makeImage, makeMicroPython, makeTable, type RowFixture } from "./imageFixture";

/** A small migration as its files are: the published layout, with images of the real sizes. */

const row = (label: string, type: number, subtype: number, offset: number, size: number): RowFixture => ({
  label,
  type,
  subtype,
  offset,
  size,
});

const before = [
  row("nvs", 1, 2, 0x9000, 0x5000),
  row("otadata", 1, 0, 0xe000, 0x2000),
  row("app0", 0, 0x10, 0x10000, 0x140000),
];

export const sourceRows = [
  ...before,
  row("app1", 0, 0x11, 0x150000, 0x140000),
  row("spiffs", 1, 0x82, 0x290000, 0x170000),
];
export const targetRows = [
  ...before,
  row("app1", 0, 0x11, 0x150000, 0x180000),
  row("vfs", 1, 0x81, 0x2d0000, 0x130000),
];

const csvOf = (rows: readonly RowFixture[]): string =>
  rows
    .map(
      ({ label, type, subtype, offset, size }) =>
        `${label}, ${type}, ${subtype}, 0x${offset.toString(16)}, 0x${size.toString(16)}\n`,
    )
    .join("");

/** An app with tables among its constants, as a repartitioner has them. */
export function makeRepartitioner(
  tables: readonly Uint8Array[] = [makeTable(targetRows)],
  size = 0x8000,
): Uint8Array {
  // Behind the headers of image and segment.
  const descriptor = makeApp({ idfVersion: "v5.0.4", projectName: "repartitioner" }).subarray(32, 32 + 256);
  return makeImage({
    segments: [
      { loadAddress: 0x3f400020, data: concat([descriptor, ...tables, pattern(size, 5)]) },
      { loadAddress: 0x400d0020, data: pattern(64, 6) },
    ],
  });
}

/** The size of MicroPython 1.14 in the published procedure. */
export const micropython = makeMicroPython({ size: 1_464_336 });

/** For tests that are not about size. */
export const smallMicropython = makeMicroPython({ size: 0x8000 });

export const deliveryManifest = {
  chip: "esp32",
  flashSize: "4MB",
  bootloader: { idf: "v5.0.4" },
  source: { table: "field/partitions.csv" },
  target: { table: "partitions.csv", micropython: "micropython.bin" },
  delivery: {
    repartitioner: "http://127.0.0.1:9000/repartitioner.bin",
    micropython: "http://127.0.0.1:9000/micropython.bin",
  },
};

/** Paths as seen from the folder of the project. */
export const deliveryFiles: Readonly<Record<string, string | Uint8Array>> = {
  ".git": "",
  "crossflash.json": JSON.stringify(deliveryManifest),
  "field/partitions.csv": csvOf(sourceRows),
  "partitions.csv": csvOf(targetRows),
  "micropython.bin": smallMicropython,
  "repartitioner.bin": makeRepartitioner(),
};
