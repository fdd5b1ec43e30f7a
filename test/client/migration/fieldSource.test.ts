import { expect, test } from "vitest";
import { sourceInBinary, sourceInCsv } from "../../../client/migration/fieldSource";
import { chipById } from "../../../core/chip/targets";
import { noFacts } from "../../../core/facts";
import { inspectImage } from "../../../core/image/inspect";
import { MICROPYTHON_ROWS, makeBootloader, makeCombined, makeTable } from "../../support/imageFixture";

const names = MICROPYTHON_ROWS.map(({ label }) => label);
const FLASH = 0x400000;

const dump = makeCombined({
  bootloader: makeBootloader({ idfVersion: "v5.2.1" }),
  flashOffset: 0,
  size: FLASH,
});

/** A dump in which another table lies in a sector of its own, as an update of one leaves it. */
function twoTables(): Uint8Array {
  const bytes = dump.slice();
  bytes.set(makeTable(MICROPYTHON_ROWS.slice(0, 2)), 0x200000 + 0x100000);
  return bytes;
}

interface Told {
  readonly names: readonly string[];
  readonly tableOffset?: number;
  readonly chip?: string;
  readonly flashSize?: number;
  readonly idf?: string;
}

function checkSource(title: string, read: ReturnType<typeof sourceInCsv>, told: Told | string): void {
  test(title, () => {
    if (typeof told === "string") {
      expect(read.ok ? read.value : read.message).toContain(told);
      return;
    }
    const { entries, tableOffset, chip, flashSize, bootloader } = read.ok ? read.value : failed(read.message);
    const found = { names: entries.map(({ name }) => name), tableOffset, chip: chip?.id, flashSize };
    expect({ ...found, idf: bootloader?.idf }).toEqual(told);
  });
}

function failed(message: string): never {
  throw new Error(message);
}

const binary = (bytes: Uint8Array, at?: number) =>
  sourceInBinary("flash.bin", bytes, inspectImage(bytes), at);

const device = { tableOffset: 0x8000, chip: "esp32", flashSize: FLASH, idf: "v5.2.1" };
checkSource("a dump tells what the devices are", binary(dump), { names, ...device });
checkSource("one of two tables", binary(twoTables(), 0x8000), { names, ...device });
checkSource("two tables", binary(twoTables()), "holds several partition tables");
checkSource("a table binary tells the table only", binary(makeTable(MICROPYTHON_ROWS)), { names });
checkSource("nothing", binary(new Uint8Array(64)), "holds no partition table that can be used");

const csv = "nvs, data, nvs, 0x9000, 0x5000\napp, app, factory, 0x10000, 1M\n";
const around = { ...noFacts, chip: chipById("esp32"), flashSize: FLASH };
checkSource("a CSV, and what stands around it", sourceInCsv("p.csv", csv, around), {
  names: ["nvs", "app"],
  tableOffset: 0x8000,
  chip: "esp32",
  flashSize: FLASH,
});
checkSource(
  "a CSV with an error",
  sourceInCsv("p.csv", csv.replace("1M", "1X"), around),
  "p.csv cannot be used",
);
checkSource("an empty CSV", sourceInCsv("p.csv", "# nothing\n", around), "p.csv cannot be used");
