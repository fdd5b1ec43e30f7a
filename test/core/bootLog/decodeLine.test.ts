import { describe, expect, test } from "vitest";
import { decodeLine, knownLines } from "../../../core/bootLog/decodeLine";

/** Lines of real boards, and what is said about each: severity and title. */
const LINES: readonly (readonly [line: string, said: string])[] = [
  [
    "rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)",
    "information: The board was switched on, or reset by its pin",
  ],
  ["rst:0x10 (RTCWDT_RTC_RESET),boot:0x33 (SPI_FAST_FLASH_BOOT)", "warning: A watchdog reset the whole chip"],
  [
    "rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)",
    "error: The supply voltage broke down",
  ],
  [
    "rst:0x15 (USB_UART_CHIP_RESET),boot:0x8 (SPI_FAST_FLASH_BOOT)",
    "information: A program on the computer reset the board over USB",
  ],
  [
    "rst:0x15 (USB_UART_CHIP_RESET),boot:0x0 (DOWNLOAD(USB/UART0))",
    "information: The board starts into its loader",
  ],
  [
    "rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))",
    "information: The board starts into its loader",
  ],
  ["rst:0x99 (SOMETHING_NEW),boot:0x8 (SPI_FAST_FLASH_BOOT)", "information: The chip was reset"],
  ["waiting for download", "information: The board waits to be flashed"],
  ["invalid header: 0xffffffff", "error: There is no bootloader"],
  ["invalid header: 0x50aa0201", "error: There is something else in place of the bootloader"],
  ["flash read err, 1000", "error: The ROM found no bootloader in flash"],
  ["csum err:0x9a!=0x5f", "error: The bootloader in flash is damaged"],
  ["ets_main.c 371 ", "error: The ROM gave up"],
  ["ets_loader.c 78", "error: The bootloader cannot be read in its flash mode"],
  [
    "Invalid chip id. Expected 9 read 0. Bootloader for wrong chip?",
    "error: The bootloader is for another chip",
  ],
  ["Invalid image block, can't boot.", "error: The bootloader is damaged, or an app stands in its place"],
  ["SHA-256 comparison failed:", "warning: The bootloader is not as it was built"],
  [
    "E (57) flash_parts: partition 5 invalid - offset 0x310000 size 0x100000 exceeds flash chip size 0x400000",
    "error: A partition ends beyond the flash",
  ],
  ["E (80) flash_parts: partition 0 invalid magic number 0x94f6", "error: The partition table is damaged"],
  ["E (80) flash_parts: partition 0 invalid magic number 0xffff", "error: There is no partition table"],
  ["E (80) flash_parts: Incorrect MD5 checksum", "error: The partition table is damaged"],
  [
    "E (80) flash_parts: partition table has no terminating entry, not valid",
    "error: The partition table has no end",
  ],
  ["E (414) partition: No MD5 found in partition table", "error: The app wants a table with an MD5 row"],
  [
    "\u001b[0;31mE (86) boot: Failed to verify partition table\u001b[0m",
    "error: The bootloader accepts no partition table",
  ],
  ["E (91) boot: load partition table error!", "error: The bootloader accepts no partition table"],
  [
    "E (60) boot: ota_info partition size 4096 is too small (minimum 8192 bytes)",
    "error: otadata is too small",
  ],
  [
    "E (60) boot: ota data partition invalid, falling back to factory",
    "error: otadata selects nothing that can be started",
  ],
  ["I (118) boot: No factory image, trying OTA 0", "information: otadata is blank"],
  ["I (118) boot: Defaulting to factory image", "information: The factory app is started"],
  [
    "W (118) boot: Falling back to test app as only bootable partition",
    "warning: The bootloader falls back to the test app",
  ],
  ["I (861) boot: Loaded app from partition at offset 0xa00000", "information: The app is started"],
  ["E (113) esp_image: image at 0x20000 has invalid magic byte", "error: There is no app in the slot"],
  ["E (346) esp_image: Checksum failed. Calculated 0x63 read 0x66", "error: The app is damaged"],
  ["E (346) esp_image: Image hash failed - image is corrupt", "error: The app is damaged"],
  [
    "E (515) esp_image: Image length 1505088 doesn't fit in partition length 1310720",
    "error: The app is larger than its slot",
  ],
  [
    "E (119) esp_image: Segment 0 load address 0x3c0c8020, doesn't match data 0x00010020",
    "error: The app does not stand at its place in the slot",
  ],
  [
    "E (91) esp_image: Segment 0 0x3fce2820-0x3fce3d10 invalid: overlaps bootloader stack",
    "error: There is a bootloader in the slot",
  ],
  ["E (50) boot_comm: mismatch chip ID, expected 0, found 5", "error: The app is for another chip"],
  [
    "E (74) boot_comm: Image requires chip rev <= v0.99, but chip is v1.0",
    "error: The app does not fit this revision of the chip",
  ],
  [
    "E (91) boot_comm: Image requires efuse blk rev >= v186.13, but chip is v1.3",
    "error: The app does not fit this revision of the chip",
  ],
  ["E (526) boot: OTA app partition slot 1 is not bootable", "warning: ota_1 cannot be started"],
  ["E (521) boot: Factory app partition is not bootable", "warning: The factory app cannot be started"],
  [
    "E (526) boot: No bootable app partitions in the partition table",
    "error: There is no app that can be started",
  ],
  ["E (90) secure_boot_v2: image valid, signature bad", "error: Secure boot refuses the image"],
  [
    "E (400) spi_flash: Detected size(2048k) smaller than the size in the binary image header(4096k). Probe failed.",
    "error: The flash is smaller than the app believes",
  ],
  [
    "W (602) spi_flash: Detected size(4096k) larger than the size in the binary image header(2048k). Using the size in the binary image header.",
    "information: Part of the flash is not used",
  ],
  [
    "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
    "error: The program crashed",
  ],
  ["Guru Meditation Error: Core  1 panic'ed (Something else). ", "error: The program crashed"],
  ["E BOD: Brownout detector was triggered", "error: The supply voltage broke down"],
  [
    "E (6637) task_wdt: Task watchdog got triggered. The following tasks did not reset the watchdog in time:",
    "warning: A task does not let the others run",
  ],
  ["abort() was called at PC 0x400d1234 on core 0", "error: The program gave up"],
  ["ESP_ERROR_CHECK failed: esp_err_t 0x106 (ESP_ERR_NOT_SUPPORTED) at 0x400", "error: The program gave up"],
  ["***ERROR*** A stack overflow in task loopTask has been detected.", "error: A stack is too small"],
  ["CORRUPT HEAP: Bad tail at 0x3ffb1234", "error: The program damaged its memory"],
  [
    "I (5409) esp_ota_ops: Rollback to previously worked partition. Restart.",
    "warning: The app went back to the one before it",
  ],
  [
    "E (5409) esp_ota_ops: Rollback is not possible, do not have any suitable apps in slots",
    "error: There is no app to go back to",
  ],
  [
    "MicroPython v1.24.1 on 2024-11-29; Generic ESP32 module with ESP32",
    "information: MicroPython v1.24.1 runs",
  ],
  ["Performing initial setup", "information: MicroPython makes its filesystem"],
  [
    "The filesystem appears to be corrupted. If you had important data there, you",
    "error: MicroPython cannot read its filesystem",
  ],
];

const said = (line: string): string => {
  const decoded = decodeLine(line);
  return decoded.kind === "plain" ? "plain" : `${decoded.severity}: ${decoded.title}`;
};

describe("lines that are known", () => {
  for (const [line, expected] of LINES) test(line, () => expect(said(line)).toBe(expected));

  test("there is an example of each of them", () => {
    const without = knownLines.filter(({ words }) => !LINES.some(([line]) => words.test(line)));
    expect(without.map(({ words }) => words.source)).toEqual([]);
  });

  test("each says whole sentences", () => {
    const meanings = LINES.flatMap(([line]) => {
      const decoded = decodeLine(line);
      return decoded.kind === "plain" ? [] : [decoded];
    });
    for (const { title, cause, fix } of meanings) {
      expect(title).toMatch(/^[A-Zo].*[^.]$/);
      expect(cause).toMatch(/^(otadata|vfs|[A-Z]).*\.$/);
      expect(fix).toMatch(/^$|^[A-Z].*\.$/);
    }
  });
});

describe("figures of the line are in what is said", () => {
  const checkSays = (line: string, ...parts: readonly string[]): void =>
    test(line, () => {
      const decoded = decodeLine(line);
      for (const part of parts) expect(decoded).toHaveProperty("cause", expect.stringContaining(part));
    });
  checkSays(
    "Image length 1505088 doesn't fit in partition length 1310720",
    "1505088",
    "1310720",
    ": 194368 too few",
  );
  checkSays("Invalid chip id. Expected 9 read 0.", "This chip is an ESP32-S3", "for an ESP32.");
  checkSays("mismatch chip ID, expected 5, found 77", "ESP32-C3", "chip with the number 77");
  checkSays(
    "partition 3 invalid - offset 0x150000 size 0x180000 exceeds flash chip size 0x200000",
    "Row 3",
    "0x2d0000",
    "2 MB",
  );
  checkSays("Guru Meditation Error: Core  0 panic'ed (StoreProhibited).", "null pointer");
});

describe("lines of which nothing is said", () => {
  for (const line of [
    "",
    ">>> ",
    "I (56) boot: ESP-IDF v5.2.2 2nd stage bootloader",
    "print('MicroPython v1.24')",
    "ets Jul 29 2019 12:21:46",
    "the watchdog is waiting for download",
    "\u0000\ufffd\ufffd",
  ])
    test(JSON.stringify(line), () => expect(decodeLine(line)).toEqual({ kind: "plain" }));

  test("what stands beyond the longest line is not looked at", () => {
    expect(said(`${"x".repeat(2000)}invalid header: 0xffffffff`)).toBe("plain");
  });
});
