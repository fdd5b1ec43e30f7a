import { error, group, information, type KnownLine, type Meaning, warning } from "./meaning";

/**
 * Why the chip starts, by the number that its ROM prints. No two chips give a number different meanings; the names
 * behind the numbers are spelled differently. Sources: `soc/reset_reasons.h` of each chip, `rom/rtc.h` of the ESP32.
 */
const REASONS: Readonly<Record<number, Meaning>> = {
  1: information("The board was switched on, or reset by its pin", "The chip starts from the beginning."),
  3: information("The software restarted the chip", "A program asked for it, or gave up after an error."),
  4: warning("A watchdog reset the chip", "The program hung for too long.", "See what it printed last."),
  5: information("The chip woke up from deep sleep", "A timer, a pin or a touch ended its sleep."),
  6: warning("The chip was reset over SDIO", "The host at the other end of SDIO asked for it."),
  7: warning(
    "A watchdog reset the chip",
    "The program hung, or the ROM found nothing in flash that it could start.",
    "See what was printed just before.",
  ),
  8: warning(
    "A watchdog reset the chip",
    "An interrupt or a part without interrupts took too long.",
    "See what was printed just before.",
  ),
  9: warning("A watchdog reset the chip", "The start took too long.", "See what was printed just before."),
  10: error("The chip was reset because somebody tampered with it", "Its intrusion test went off."),
  11: warning("A watchdog reset a processor core", "The program hung.", "See what it printed last."),
  12: information("The software restarted the chip", "A program asked for it, or gave up after an error."),
  13: warning("A watchdog reset a processor core", "The start took too long.", "See what was printed last."),
  14: information("One processor core reset the other", "This is how the second core is started."),
  15: error(
    "The supply voltage broke down",
    "The board draws more current than its supply gives, most often when Wi-Fi starts.",
    "Use a shorter cable, another USB port or a supply of its own.",
  ),
  16: warning(
    "A watchdog reset the whole chip",
    "The bootloader or the ROM did not get on: often there is nothing in flash that can be started.",
    "See what was printed just before.",
  ),
  17: warning("A watchdog reset a processor core", "The program hung.", "See what it printed last."),
  18: warning("The last watchdog reset the chip", "Nothing else got the chip out of its hang."),
  19: error(
    "The chip's clock was disturbed",
    "The supply is not clean, or somebody tampers with the board.",
    "Use another supply and a shorter cable.",
  ),
  20: error("The chip could not read its eFuses", "Their checksum is wrong: the chip is damaged."),
  21: information("A program on the computer reset the board over USB", "Opening a port can do this too."),
  22: information("A debugger reset the board over USB", "JTAG asked for it."),
  23: error(
    "The supply voltage was disturbed",
    "The supply is not clean, or somebody tampers with the board.",
    "Use another supply and a shorter cable.",
  ),
  24: information("A debugger reset a processor core", "JTAG asked for it."),
};

const UNKNOWN = information("The chip was reset", "The ROM gives a reason that this monitor does not know.");

const DOWNLOAD = information(
  "The board starts into its loader",
  "The boot pin (IO0, on later chips IO8 and IO9) was low when the reset ended: the BOOT button is held, or a program pulls the lines.",
  "Let BOOT go and reset the board. To flash it, it is ready.",
);

/** `rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)`; the reason comes second to where the chip starts. */
export const resetLines: readonly KnownLine[] = [
  {
    words: /rst:0x[0-9a-f]+ \([A-Z0-9_]+\),boot:0x[0-9a-f]+ \(DOWNLOAD/,
    source: "ROM of all chips",
    meaning: DOWNLOAD,
  },
  {
    words: /rst:0x([0-9a-f]+) \([A-Z0-9_]+\)/,
    source: "ROM of all chips",
    meaning: (match) => REASONS[Number.parseInt(group(match, 1), 16)] ?? UNKNOWN,
  },
];
