import { chipByImageId } from "../chip/targets";
import { error, group, information, type KnownLine, warning } from "./meaning";

const WRITE_BOOTLOADER =
  "Flash the bootloader, or the combined image of MicroPython. It belongs to 0x1000 on an ESP32 and ESP32-S2, to 0x2000 on an ESP32-C5, H4, P4 and S31, and to 0x0 on the others.";

/** What the chip's ROM prints before there is any software. Source: boot logs of real boards; the ROM is not public. */
export const romLines: readonly KnownLine[] = [
  {
    words: /invalid header: 0x([0-9a-f]{8})/,
    source: "ROM of the ESP32 (from revision 3) and later chips",
    meaning: (match) =>
      group(match, 1) === "ffffffff"
        ? error(
            "There is no bootloader",
            "Flash is erased where the ROM looks for the bootloader.",
            WRITE_BOOTLOADER,
          )
        : error(
            "There is something else in place of the bootloader",
            `The ROM found 0x${group(match, 1)} where an image has to begin. It may have been written to the offset of another chip.`,
            WRITE_BOOTLOADER,
          ),
  },
  {
    words: /flash read err, \d+/,
    source: "ROM of the ESP32 before revision 3",
    meaning: error(
      "The ROM found no bootloader in flash",
      "Flash is erased or holds something else there, or it cannot be read: GPIO12 pulled high makes an ESP32 supply it with 1.8 V.",
      `Take everything off GPIO12. ${WRITE_BOOTLOADER}`,
    ),
  },
  {
    words: /csum err:0x/,
    source: "ROM of the ESP32",
    meaning: error(
      "The bootloader in flash is damaged",
      "Its checksum is wrong: it was written in part or on a bad line, or flash is not read as the header says.",
      "Flash the bootloader again, with its flash mode and frequency kept.",
    ),
  },
  {
    words: /ets_loader\.c \d+/,
    source: "ROM of the ESP32-S3",
    meaning: error(
      "The bootloader cannot be read in its flash mode",
      "Its header asks for a mode, such as QIO, for which the board has no lines.",
      "Flash the bootloader that belongs to the board, with its flash mode kept.",
    ),
  },
  {
    words: /ets_main\.c \d+/,
    source: "ROM of all chips",
    meaning: error(
      "The ROM gave up",
      "It could not start the bootloader; the line before says why. A watchdog resets the chip, and all begins again.",
      WRITE_BOOTLOADER,
    ),
  },
  {
    words: /Invalid chip id\. Expected (\d+) read (\d+)/,
    source: "ROM of the ESP32-S3 and later chips",
    meaning: (match) => wrongChip("bootloader", match),
  },
  {
    words: /Invalid image block, can't boot/,
    source: "ROM of the ESP32-S2 and later chips",
    meaning: error(
      "The bootloader is damaged, or an app stands in its place",
      "The ROM can load no part of it. An app or a combined image for another chip may have been written to its offset.",
      WRITE_BOOTLOADER,
    ),
  },
  {
    words: /SHA-256 comparison failed/,
    source: "ROM of the ESP32-S2 and later chips",
    meaning: warning(
      "The bootloader is not as it was built",
      "Its SHA-256 is wrong. Most often a tool has changed the flash mode, frequency or size in its header.",
      "Flash the bootloader again with these settings kept. The chip starts it all the same.",
    ),
  },
  {
    words: /^waiting for download/,
    source: "ROM of all chips",
    meaning: information(
      "The board waits to be flashed",
      "It started into its loader and runs nothing.",
      "Reset it to start what is in flash.",
    ),
  },
];

/** Two numbers of chips: the one that is there and the one of the image. */
export const wrongChip = (what: string, match: RegExpExecArray) =>
  error(
    `The ${what} is for another chip`,
    `This chip is an ${chipName(group(match, 1))}, the image is for an ${chipName(group(match, 2))}.`,
    `Flash the ${what} that is built for this chip.`,
  );

const chipName = (imageChipId: string): string =>
  chipByImageId(Number(imageChipId))?.name ?? `chip with the number ${imageChipId}`;
