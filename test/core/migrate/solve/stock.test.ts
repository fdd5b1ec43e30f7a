import { describe, expect, it } from "vitest";
import { stockNames } from "../stockTables";
import { layoutText, proposalsOf } from "./proposals";

const NO_OTA =
  "The table has no two app slots between which an update could alternate, so the devices take no update over the air. Write MicroPython by a cable.";
const none = [NO_OTA, NO_OTA, NO_OTA];

const published = "app0 0x10000/0x140000 app1 0x150000/0x180000 vfs 0x2d0000/0x130000";
const balanced = "app0 0x10000/0x180000 app1 0x190000/0x180000 vfs 0x310000/0xf0000";
const minSpiffs = "app0 0x10000/0x1e0000 app1 0x1f0000/0x1e0000 vfs 0x3d0000/0x30000";
const eightMegabytes = "app0 0x10000/0x330000 app1 0x340000/0x330000 vfs 0x670000/0x190000";
const sixteen = "app0 0x10000/0x300000 app1 0x310000/0x300000 vfs 0x610000/0x9f0000";
const m5stack =
  "ota_0 0x10000/0x300000 ota_1 0x310000/0x300000 vfs 0x610000/0x600000 firmware 0xc10000/0xf0000";
const thirtyTwo = "app0 0x10000/0xc80000 app1 0xc90000/0xc80000 vfs 0x1910000/0x6f0000";
const twoOta =
  "factory 0x10000/0x100000 ota_0 0x110000/0x100000 ota_1 0x210000/0x180000 vfs 0x390000/0x70000";
const twoOtaLarge =
  "phy_init 0x11000/0x1000 ota_0 0x20000/0x1a9000 ota_1 0x1d0000/0x1a9000 vfs 0x379000/0x87000";
const wledEight = "app0 0x10000/0x200000 app1 0x210000/0x200000 vfs 0x410000/0x3f0000";
const esphome = "app0 0x10000/0x1c0000 app1 0x1d0000/0x1c0000 eeprom 0x390000/0x1000 vfs 0x391000/0x6f000";
const esphomeBig = "app0 0x10000/0x7c0000 app1 0x7d0000/0x7c0000 eeprom 0xf90000/0x1000 vfs 0xf91000/0x6f000";
const esphomeIdf = "app0 0x10000/0x1c0000 app1 0x1d0000/0x180000 vfs 0x350000/0x40000 nvs 0x390000/0x6d000";
const eepromsInTheWay =
  "There is room for a binary of 1,441,792 bytes at most beside 'app0', a filesystem of 64 KB or more and what stays where it is.";
const tooSmall =
  "There is room for a binary of 786,432 bytes at most beside 'app0', a filesystem of 64 KB or more and what stays where it is.";

/** Published, balanced, largest vfs; figures by hand from the tables and the binary of 1,464,336 bytes. */
const expected: Readonly<Record<(typeof stockNames)[number], readonly string[]>> = {
  "Arduino default": [published, balanced, published],
  "Arduino default with core dump": [published, balanced, published],
  "Arduino default_plus_eeproms": [
    "'app1' stays at 0x150000 and would need 0x170000 (1.44 MB), but 'eeprom' at 0x290000 stays there.",
    eepromsInTheWay,
    eepromsInTheWay,
  ],
  "Arduino min_spiffs": [
    minSpiffs,
    minSpiffs,
    "app0 0x10000/0x1e0000 app1 0x1f0000/0x180000 vfs 0x370000/0x90000",
  ],
  "Arduino huge_app": none,
  "Arduino no_ota": none,
  "Arduino minimal": none,
  "Arduino default_8MB": [
    eightMegabytes,
    eightMegabytes,
    "app0 0x10000/0x330000 app1 0x340000/0x180000 vfs 0x4c0000/0x340000",
  ],
  "Arduino app3M_fat9M_16MB": [
    sixteen,
    sixteen,
    "app0 0x10000/0x300000 app1 0x310000/0x180000 vfs 0x490000/0xb70000",
  ],
  "Arduino m5stack 4 apps": [
    m5stack,
    m5stack,
    "ota_0 0x10000/0x300000 vfs 0x310000/0x900000 firmware 0xc10000/0xf0000 ota_1 0xd00000/0x180000",
  ],
  "Arduino default_32MB": [
    thirtyTwo,
    thirtyTwo,
    "app0 0x10000/0xc80000 app1 0xc90000/0x180000 vfs 0xe10000/0x11f0000",
  ],
  "ESP-IDF singleapp": none,
  "ESP-IDF two_ota": [
    twoOta,
    "factory 0x10000/0x100000 ota_0 0x110000/0x170000 ota_1 0x280000/0x170000 vfs 0x3f0000/0x10000",
    twoOta,
  ],
  "ESP-IDF two_ota_large": [
    twoOtaLarge,
    "phy_init 0x11000/0x1000 ota_0 0x20000/0x1b0000 ota_1 0x1d0000/0x1b0000 vfs 0x380000/0x80000",
    "phy_init 0x11000/0x1000 ota_0 0x20000/0x1a9000 vfs 0x1c9000/0xb7000 ota_1 0x280000/0x180000",
  ],
  "Tasmota with safeboot": [
    "safeboot 0x10000/0xd0000 app0 0xe0000/0x2d0000 vfs 0x3b0000/0x50000",
    "safeboot 0x10000/0xd0000 app0 0xe0000/0x180000 ota_1 0x260000/0x180000 vfs 0x3e0000/0x20000",
    "safeboot 0x10000/0xd0000 app0 0xe0000/0x180000 vfs 0x260000/0x1a0000",
  ],
  "WLED 4MB_1MB_FS": [balanced, balanced, balanced],
  "app1 beside 64 KB": [
    "'app1' stays at 0x18b000 and would need 0x170000 (1.44 MB), but 0x18b000 is not a multiple of 64 KB, where an app must begin.",
    balanced,
    "app0 0x10000/0x17b000 vfs 0x18b000/0xf5000 app1 0x280000/0x180000",
  ],
  "WLED 8MB": [wledEight, wledEight, "app0 0x10000/0x200000 app1 0x210000/0x180000 vfs 0x390000/0x470000"],
  "ESPHome 2MB": [
    "'app1' stays at 0xd0000 and would need 0x170000 (1.44 MB), but 'eeprom' at 0x190000 stays there.",
    tooSmall,
    tooSmall,
  ],
  "ESPHome 4MB": [esphome, esphome, esphome],
  "ESPHome 16MB": [
    esphomeBig,
    esphomeBig,
    "app0 0x10000/0x7c0000 app1 0x7d0000/0x180000 vfs 0x950000/0x640000 eeprom 0xf90000/0x1000",
  ],
  "ESPHome 4MB on ESP-IDF": [
    esphomeIdf,
    "Two slots of 0x1c0000 (1.75 MB) leave no 64 KB for a filesystem beside what stays where it is, and 'app0' is not made smaller.",
    esphomeIdf,
  ],
};

describe("layouts for stock tables", () => {
  for (const name of stockNames)
    it(name, () => expect(proposalsOf(name).map(layoutText)).toEqual(expected[name]));
});
