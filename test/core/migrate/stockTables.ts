import { noFacts } from "../../../core/facts";
import { parseCsv } from "../../../core/table/csv";
import { isComplete, type PartitionEntry } from "../../../core/table/entry";
import { readTable } from "../../../core/table/table";

/** The partitions of a CSV in which everything can be read. */
export function entriesOf(text: string): readonly PartitionEntry[] {
  const { entries } = readTable(parseCsv(text, {}), noFacts);
  return entries.filter(isComplete).map(({ row: _, automatic: _a, previousEnd: _p, ...entry }) => entry);
}

/** A table that devices in the field have; `flash` in MB. */
export interface StockTable {
  readonly flash: number;
  readonly table: string;
}

const arduino = (flash: number, rows: string): StockTable => ({
  flash,
  table: `nvs, data, nvs, 0x9000, 0x5000\notadata, data, ota, 0xe000, 0x2000\n${rows}`,
});

/** ESPHome makes its table of the flash size (`components/esp32/__init__.py`). */
const esphome = (flash: number, size: number): StockTable => {
  const second = 0x10000 + size;
  const end = second + size;
  return arduino(
    flash,
    `app0, app, ota_0, 0x10000, ${size}\napp1, app, ota_1, ${second}, ${size}
eeprom, data, 0x99, ${end}, 0x1000\nspiffs, data, spiffs, ${end + 0x1000}, 0xf000`,
  );
};

/**
 * Figures of stock tables. Sources: `tools/partitions` of Arduino-ESP32, `components/partition_table` of ESP-IDF,
 * `partitions` of Tasmota, `tools` of WLED, `components/esp32` of ESPHome. The first one is that of Arduino-ESP32 up to
 * 2.0.2, which the published procedure starts from; the last one is made up.
 */
export const stockTables = {
  "Arduino default": arduino(
    4,
    `app0, app, ota_0, 0x10000, 0x140000\napp1, app, ota_1, 0x150000, 0x140000
spiffs, data, spiffs, 0x290000, 0x170000`,
  ),
  "Arduino default with core dump": arduino(
    4,
    `app0, app, ota_0, 0x10000, 0x140000\napp1, app, ota_1, 0x150000, 0x140000
spiffs, data, spiffs, 0x290000, 0x160000\ncoredump, data, coredump, 0x3f0000, 0x10000`,
  ),
  "Arduino default_plus_eeproms": arduino(
    4,
    `app0, app, ota_0, 0x10000, 0x140000\napp1, app, ota_1, 0x150000, 0x140000
eeprom, data, 0x99, 0x290000, 0x1000\neeprom0, data, 0xa7, 0x291000, 0x1000
eeprom1, data, 0xa8, 0x292000, 0x1000\neeprom2, data, 0xa9, 0x293000, 0x1000
spiffs, data, spiffs, 0x294000, 0x16c000`,
  ),
  "Arduino min_spiffs": arduino(
    4,
    `app0, app, ota_0, 0x10000, 0x1e0000\napp1, app, ota_1, 0x1f0000, 0x1e0000
spiffs, data, spiffs, 0x3d0000, 0x20000\ncoredump, data, coredump, 0x3f0000, 0x10000`,
  ),
  "Arduino huge_app": arduino(
    4,
    `app0, app, ota_0, 0x10000, 0x300000\nspiffs, data, spiffs, 0x310000, 0xe0000
coredump, data, coredump, 0x3f0000, 0x10000`,
  ),
  "Arduino no_ota": arduino(
    4,
    `app0, app, ota_0, 0x10000, 0x200000\nspiffs, data, spiffs, 0x210000, 0x1e0000
coredump, data, coredump, 0x3f0000, 0x10000`,
  ),
  "Arduino minimal": arduino(
    2,
    `app0, app, ota_0, 0x10000, 0x140000\nspiffs, data, spiffs, 0x150000, 0xa0000
coredump, data, coredump, 0x1f0000, 0x10000`,
  ),
  "Arduino default_8MB": arduino(
    8,
    `app0, app, ota_0, 0x10000, 0x330000\napp1, app, ota_1, 0x340000, 0x330000
spiffs, data, spiffs, 0x670000, 0x180000\ncoredump, data, coredump, 0x7f0000, 0x10000`,
  ),
  "Arduino app3M_fat9M_16MB": arduino(
    16,
    `app0, app, ota_0, 0x10000, 0x300000\napp1, app, ota_1, 0x310000, 0x300000
ffat, data, fat, 0x610000, 0x9e0000\ncoredump, data, coredump, 0xff0000, 0x10000`,
  ),
  "Arduino m5stack 4 apps": arduino(
    16,
    `ota_0, app, ota_0, 0x10000, 0x300000\nota_1, app, ota_1, 0x310000, 0x300000
ota_2, app, ota_2, 0x610000, 0x300000\nota_3, app, ota_3, 0x910000, 0x300000
firmware, app, factory, 0xc10000, 0xf0000\nspiffs, data, spiffs, 0xd00000, 0x2f0000
coredump, data, coredump, 0xff0000, 0x10000`,
  ),
  "Arduino default_32MB": arduino(
    32,
    `app0, app, ota_0, 0x10000, 0xc80000\napp1, app, ota_1, 0xc90000, 0xc80000
spiffs, data, spiffs, 0x1910000, 0x6c0000\ncoredump, data, coredump, 0x1ff0000, 0x10000`,
  ),
  "ESP-IDF singleapp": {
    flash: 4,
    table:
      "nvs, data, nvs, 0x9000, 0x6000\nphy_init, data, phy, 0xf000, 0x1000\nfactory, app, factory, 0x10000, 1M",
  },
  "ESP-IDF two_ota": {
    flash: 4,
    table: `nvs, data, nvs, 0x9000, 0x4000\notadata, data, ota, 0xd000, 0x2000\nphy_init, data, phy, 0xf000, 0x1000
factory, app, factory, 0x10000, 1M\nota_0, app, ota_0, , 1M\nota_1, app, ota_1, , 1M`,
  },
  "ESP-IDF two_ota_large": {
    flash: 4,
    table: `nvs, data, nvs, , 0x6000\notadata, data, ota, , 0x2000\nphy_init, data, phy, , 0x1000
ota_0, app, ota_0, , 1700K\nota_1, app, ota_1, , 1700K`,
  },
  "Tasmota with safeboot": arduino(
    4,
    `safeboot, app, factory, 0x10000, 0xd0000\napp0, app, ota_0, 0xe0000, 0x2d0000
spiffs, data, spiffs, 0x3b0000, 0x50000`,
  ),
  "WLED 4MB_1MB_FS": arduino(
    4,
    `app0, app, ota_0, 0x10000, 0x180000\napp1, app, ota_1, 0x190000, 0x180000
spiffs, data, spiffs, 0x310000, 0xf0000`,
  ),
  "WLED 8MB": arduino(
    8,
    `app0, app, ota_0, 0x10000, 0x200000\napp1, app, ota_1, 0x210000, 0x200000
spiffs, data, spiffs, 0x410000, 0x3f0000`,
  ),
  "ESPHome 2MB": esphome(2, 0xc0000),
  "ESPHome 4MB": esphome(4, 0x1c0000),
  "ESPHome 16MB": esphome(16, 0x7c0000),
  "ESPHome 4MB on ESP-IDF": {
    flash: 4,
    table: `otadata, data, ota, , 0x2000\nphy_init, data, phy, , 0x1000\napp0, app, ota_0, , 0x1c0000
app1, app, ota_1, , 0x1c0000\nnvs, data, nvs, , 0x6d000`,
  },
  // Of no project: somebody filled the flash without looking at where an app can run.
  "app1 beside 64 KB": arduino(
    4,
    `app0, app, ota_0, 0x10000, 0x17b000\napp1, app, ota_1, 0x18b000, 0x17b000
spiffs, data, spiffs, 0x306000, 0xfa000`,
  ),
} as const satisfies Readonly<Record<string, StockTable>>;

export type StockName = keyof typeof stockTables;

export const stockNames = Object.keys(stockTables) as readonly StockName[];
