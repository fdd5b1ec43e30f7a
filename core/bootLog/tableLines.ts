import { hex, sizeText } from "../text/units";
import { error, group, information, type KnownLine, warning } from "./meaning";

const TABLE_AGAIN = "Flash the layout again: it writes the table that the editor shows.";

/** What the second stage bootloader says of the table and of otadata, and which slot it starts. */
export const tableLines: readonly KnownLine[] = [
  {
    words:
      /partition (\d+) invalid - offset (0x[0-9a-f]+) size (0x[0-9a-f]+) exceeds flash chip size (0x[0-9a-f]+)/,
    source: "flash_partitions.c",
    meaning: (match) =>
      error(
        "A partition ends beyond the flash",
        `Row ${group(match, 1)} of the table (counted from 0) ends at ${endOf(match)}, but the header of the bootloader says that there are ${sizeText(Number(group(match, 4)))}. The whole table is refused.`,
        "Make the layout smaller, or flash a bootloader whose header has the real flash size.",
      ),
  },
  {
    words: /partition (\d+) invalid magic number 0x([0-9a-f]+)/,
    source: "flash_partitions.c",
    meaning: (match) =>
      group(match, 2) === "ffff" && group(match, 1) === "0"
        ? error(
            "There is no partition table",
            "Flash is erased where the bootloader looks for it.",
            TABLE_AGAIN,
          )
        : error(
            "The partition table is damaged",
            `Row ${group(match, 1)} (counted from 0) does not begin as a row does. The table may stand at another offset, or be encrypted.`,
            TABLE_AGAIN,
          ),
  },
  {
    words: /Incorrect MD5 checksum|Partition table MD5 mismatch/,
    source: "flash_partitions.c, partition.c",
    meaning: error(
      "The partition table is damaged",
      "Its MD5 row does not fit the rows before it.",
      TABLE_AGAIN,
    ),
  },
  {
    words: /partition table has no terminating entry/,
    source: "flash_partitions.c",
    meaning: error("The partition table has no end", "Its sector is full of rows or damaged.", TABLE_AGAIN),
  },
  {
    words: /No MD5 found in partition table/,
    source: "partition.c",
    meaning: error(
      "The app wants a table with an MD5 row",
      "The bootloader accepts a table without one, and this app finds no partitions at all then.",
      "Build the table with its MD5 row and flash it.",
    ),
  },
  {
    words: /Failed to verify partition table|load partition table error/,
    source: "bootloader_utility.c, bootloader_start.c",
    meaning: error(
      "The bootloader accepts no partition table",
      "The line before says what is wrong with it. Nothing is started.",
      TABLE_AGAIN,
    ),
  },
  {
    words: /ota_info partition size \d+ is too small/,
    source: "bootloader_utility.c",
    meaning: error(
      "otadata is too small",
      "It takes two sectors, 0x2000 bytes.",
      "Give it 0x2000 bytes in the layout.",
    ),
  },
  {
    words: /ota data partition invalid/,
    source: "bootloader_utility.c",
    meaning: error(
      "otadata selects nothing that can be started",
      "Both of its sectors are damaged, or name a slot that the table does not have.",
      "Flash the layout again; it writes an otadata that selects the slot of the app.",
    ),
  },
  {
    words: /No factory image, trying OTA 0/,
    source: "bootloader_utility.c",
    meaning: information("otadata is blank", "The bootloader takes ota_0, because there is no factory app."),
  },
  {
    words: /Defaulting to factory image/,
    source: "bootloader_utility.c",
    meaning: information("The factory app is started", "otadata is blank or there is none."),
  },
  {
    words: /Falling back to (factory|test) app/i,
    source: "bootloader_utility.c",
    meaning: (match) =>
      warning(
        `The bootloader falls back to the ${group(match, 1).toLowerCase()} app`,
        "It is the only one that can be started.",
        "Flash the slot that otadata selects again.",
      ),
  },
  {
    words: /Loaded app from partition at offset (0x[0-9a-f]+)/,
    source: "bootloader_utility.c",
    meaning: (match) =>
      information(
        "The app is started",
        `The bootloader found it in order, at ${hex(Number(group(match, 1)))}.`,
      ),
  },
];

const endOf = (match: RegExpExecArray): string => hex(Number(group(match, 2)) + Number(group(match, 3)));
