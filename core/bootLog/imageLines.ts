import { error, group, information, type KnownLine, warning } from "./meaning";
import { wrongChip } from "./romLines";

const APP_AGAIN = "Flash the app again and compare its MD5.";

/** What the second stage bootloader says of the images in the slots. */
export const imageLines: readonly KnownLine[] = [
  {
    words: /image at (0x[0-9a-f]+) has invalid magic byte/,
    source: "esp_image_format.c",
    meaning: (match) =>
      error(
        "There is no app in the slot",
        `What stands at ${group(match, 1)} does not begin as an image does: it is erased, something else, or encrypted.`,
        "Flash an app into the slot, or let otadata select another one.",
      ),
  },
  {
    words: /esp_image: Checksum failed|^Checksum failed\./,
    source: "esp_image_format.c",
    meaning: error(
      "The app is damaged",
      "Its checksum is wrong: it was written in part or overwritten.",
      APP_AGAIN,
    ),
  },
  {
    words: /Image hash failed - image is corrupt/,
    source: "esp_image_format.c",
    meaning: error(
      "The app is damaged",
      "Its SHA-256 is wrong: it was written in part or overwritten.",
      APP_AGAIN,
    ),
  },
  {
    words: /Image length (\d+) doesn't fit in partition length (\d+)/,
    source: "esp_image_format.c",
    meaning: (match) =>
      error(
        "The app is larger than its slot",
        `It has ${group(match, 1)} bytes, the slot ${group(match, 2)}: ${Number(group(match, 1)) - Number(group(match, 2))} too few.`,
        "Make the slot larger in the layout, or flash a smaller app.",
      ),
  },
  {
    words: /Segment (\d+) load address 0x[0-9a-f]+, doesn't match data 0x[0-9a-f]+/,
    source: "esp_image_format.c",
    meaning: error(
      "The app does not stand at its place in the slot",
      "Code that is read in place has to stand as far behind a boundary of 64 KB as it was built. The slot does not begin at such a boundary, or a combined image was written into it.",
      "Let slots begin at multiples of 0x10000, and flash the app alone.",
    ),
  },
  {
    words: /Segment \d+ .*overlaps bootloader/,
    source: "esp_image_format.c",
    meaning: error(
      "There is a bootloader in the slot",
      "Its code wants to go where the running bootloader is. A combined image was written into the slot instead of the app.",
      "Flash the app alone: MicroPython's file is called micropython.bin, and the editor can take it out of a combined image.",
    ),
  },
  {
    words: /mismatch chip ID, expected (\d+), found (\d+)/,
    source: "bootloader_common_loader.c",
    meaning: (match) => wrongChip("app", match),
  },
  {
    words: /Image requires (chip|efuse blk) rev (>=|<=) v([\d.]+), but chip is v([\d.]+)/,
    source: "bootloader_common_loader.c",
    meaning: (match) =>
      error(
        `The app does not fit this revision of the chip`,
        `It is built for ${group(match, 1) === "chip" ? "revision" : "eFuse revision"} v${group(match, 3)} or ${group(match, 2) === ">=" ? "later" : "earlier"}; this chip has v${group(match, 4)}.`,
        group(match, 2) === ">="
          ? "Build the app for older revisions too, or use a newer chip."
          : "Build the app with a newer ESP-IDF that knows this revision.",
      ),
  },
  {
    words: /(Factory|Test) app partition is not bootable|OTA app partition slot (\d+) is not bootable/,
    source: "bootloader_utility.c",
    meaning: (match) =>
      warning(
        `${match[2] === undefined ? `The ${group(match, 1).toLowerCase()} app` : `ota_${match[2]}`} cannot be started`,
        "The line before says why. The bootloader tries the others.",
        "Flash an app into this slot.",
      ),
  },
  {
    words: /No bootable app partitions in the partition table/,
    source: "bootloader_utility.c",
    meaning: error(
      "There is no app that can be started",
      "The bootloader has tried all slots; the lines before say what is wrong with each. It resets the chip and tries again.",
      "Flash an app into the slot that otadata selects.",
    ),
  },
  {
    words: /secure boot signature verification failed|image valid, signature bad|Signature Check Failed/i,
    source: "bootloader_utility.c, secure_boot.c",
    meaning: error(
      "Secure boot refuses the image",
      "The chip starts only what is signed with its own key, and this cannot be switched off.",
      "Have the image signed by whoever holds the key.",
    ),
  },
  {
    words: /Detected size\((\d+)k\) smaller than the size in the binary image header\((\d+)k\)/,
    source: "spi_flash/esp_flash_spi_init.c",
    meaning: (match) =>
      error(
        "The flash is smaller than the app believes",
        `The chip has ${group(match, 1)} KB, its header says ${group(match, 2)} KB.`,
        "Flash the build for this flash size.",
      ),
  },
  {
    words: /Detected size\((\d+)k\) larger than the size in the binary image header\((\d+)k\)/,
    source: "spi_flash/esp_flash_spi_init.c",
    meaning: (match) =>
      information(
        "Part of the flash is not used",
        `The chip has ${group(match, 1)} KB, the header says ${group(match, 2)} KB, and the app believes the header.`,
      ),
  },
];
