/** An app that was started in emulation. */
export interface EmulatedApp {
  readonly name: string;
  readonly idf: string;
}

/**
 * Apps and bootloaders that met on an emulated ESP32 (QEMU with Espressif's boot ROM): every app reached its prompt from
 * ota_1 under every bootloader, one attempt each. Emulation is not silicon: no flash modes, PSRAM, clocks or brown-outs.
 */
export const EMULATED_SOURCE = "own trials with QEMU 8.1.3, one attempt each";

export const emulatedApps: readonly EmulatedApp[] = [
  { name: "MicroPython 1.14", idf: "v3.3.2" },
  { name: "MicroPython 1.20", idf: "v4.2.4" },
  { name: "MicroPython 1.20", idf: "v4.4.4" },
  { name: "MicroPython 1.21 to 1.22", idf: "v5.0.2" },
  { name: "MicroPython 1.23", idf: "v5.0.4" },
  { name: "MicroPython 1.24", idf: "v5.2.2" },
  { name: "MicroPython of LoBo", idf: "v3.1-rc1" },
];

/** ESP-IDF of the bootloaders that started all of them; v3.3.5 is Arduino 1.0.6. */
export const emulatedBootloaders: readonly string[] = [
  "v3.1-rc1",
  "v3.3.2",
  "v3.3.5",
  "v4.2.4",
  "v4.4-dev",
  "v5.0.1",
  "v5.0.4",
  "v5.2.1",
  "v5.2.2",
  "v5.4.2",
];

/** What was seen of two more bootloaders, and of tables and states. */
export const emulatedSights = {
  smallHeader:
    "A bootloader whose header says 2 MB refused the table of a 4 MB flash: 'partition 3 invalid - offset 0x150000 size 0x180000 exceeds flash chip size 0x200000'.",
  vendorLoader:
    "The bootloader of a Shelly device started none of seven MicroPython builds: it has rules of its own for otadata.",
  noMd5Row:
    "With a table without MD5 row the bootloader started MicroPython 1.20, which then found no partitions and no filesystem.",
  rollback:
    "A bootloader with rollback (of MicroPython 1.24) started an update in the state 'new' once and undid it at the next reset, because it was not confirmed.",
} as const;
