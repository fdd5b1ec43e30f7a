/**
 * The chips of the ESP32 family as image files and bootloaders see them.
 * Sources: ESP-IDF `esp_app_format.h` (chip ids), `soc.h` of each chip (`SOC_DROM_*`, `SOC_IROM_*`),
 * `components/bootloader/Kconfig.projbuild` (bootloader offset), esptool's target classes (clock divisors).
 */
export type ChipId =
  | "esp32"
  | "esp32s2"
  | "esp32s3"
  | "esp32c2"
  | "esp32c3"
  | "esp32c5"
  | "esp32c6"
  | "esp32c61"
  | "esp32h2"
  | "esp32h21"
  | "esp32h4"
  | "esp32p4"
  | "esp32s31";

/** Addresses from `low` up to, but not including, `high`. */
export interface AddressRange {
  readonly low: number;
  readonly high: number;
}

export interface ChipTarget {
  /** As `idf.py set-target` spells it. */
  readonly id: ChipId;
  /** As Espressif writes it. */
  readonly name: string;
  /** `chip_id` of the image header. 0 (ESP32) is also what images from before ESP-IDF v3.3.1 carry. */
  readonly imageChipId: number;
  /** Flash address in bytes from which the ROM loads the bootloader. */
  readonly bootloaderOffset: number;
  /** Addresses at which the cache maps flash: a segment loaded there is read in place, so its image is an app. */
  readonly mappedFlash: readonly AddressRange[];
  /** SPI flash clock in MHz for the divisors 0, 1, 2 and 0xF of the image header; not every chip has every one. */
  readonly flashFrequencies: Readonly<Record<number, number>>;
}

const range = (low: number, high: number): AddressRange => ({ low, high });

const FROM_80_MHZ = { 0: 40, 1: 26, 2: 20, 15: 80 };
const FROM_80_MHZ_WITHOUT_26 = { 0: 40, 2: 20, 15: 80 };
const FROM_60_MHZ = { 0: 30, 1: 20, 2: 15, 15: 60 };
const FROM_48_MHZ = { 0: 24, 1: 16, 2: 12, 15: 48 };
/** The C6 writes the divisor of 40 MHz for 80 MHz too (its ROM sets a wrong one for 0xF), so 0 does not tell them apart. */
const C6_FREQUENCIES = { 2: 20 };

const chip = (
  id: ChipId,
  name: string,
  imageChipId: number,
  bootloaderOffset: number,
  mappedFlash: readonly AddressRange[],
  flashFrequencies: Readonly<Record<number, number>>,
): ChipTarget => ({ id, name, imageChipId, bootloaderOffset, mappedFlash, flashFrequencies });

const DROM_AND_IROM_ESP32 = [range(0x3f400000, 0x3f800000), range(0x400d0000, 0x40400000)];
const DROM_AND_IROM_S2 = [range(0x3f000000, 0x3ff80000), range(0x40080000, 0x40800000)];
const DROM_AND_IROM_S3 = [range(0x3c000000, 0x3e000000), range(0x42000000, 0x44000000)];
const DROM_AND_IROM_C2 = [range(0x3c000000, 0x3c400000), range(0x42000000, 0x42400000)];
const DROM_AND_IROM_C3 = [range(0x3c000000, 0x3c800000), range(0x42000000, 0x42800000)];
const ONE_BUS_16MB = [range(0x42000000, 0x43000000)];
const ONE_BUS_32MB = [range(0x42000000, 0x44000000)];
const ONE_BUS_64MB = [range(0x40000000, 0x44000000)];

export const chipTargets: readonly ChipTarget[] = [
  chip("esp32", "ESP32", 0x00, 0x1000, DROM_AND_IROM_ESP32, FROM_80_MHZ),
  chip("esp32s2", "ESP32-S2", 0x02, 0x1000, DROM_AND_IROM_S2, FROM_80_MHZ),
  chip("esp32s3", "ESP32-S3", 0x09, 0x0, DROM_AND_IROM_S3, FROM_80_MHZ),
  chip("esp32c2", "ESP32-C2", 0x0c, 0x0, DROM_AND_IROM_C2, FROM_60_MHZ),
  chip("esp32c3", "ESP32-C3", 0x05, 0x0, DROM_AND_IROM_C3, FROM_80_MHZ),
  chip("esp32c5", "ESP32-C5", 0x17, 0x2000, ONE_BUS_32MB, FROM_80_MHZ_WITHOUT_26),
  chip("esp32c6", "ESP32-C6", 0x0d, 0x0, ONE_BUS_16MB, C6_FREQUENCIES),
  chip("esp32c61", "ESP32-C61", 0x14, 0x0, ONE_BUS_32MB, FROM_80_MHZ_WITHOUT_26),
  chip("esp32h2", "ESP32-H2", 0x10, 0x0, ONE_BUS_16MB, FROM_48_MHZ),
  chip("esp32h21", "ESP32-H21", 0x19, 0x0, ONE_BUS_16MB, FROM_48_MHZ),
  chip("esp32h4", "ESP32-H4", 0x1c, 0x2000, ONE_BUS_32MB, FROM_48_MHZ),
  chip("esp32p4", "ESP32-P4", 0x12, 0x2000, ONE_BUS_64MB, FROM_80_MHZ),
  chip("esp32s31", "ESP32-S31", 0x20, 0x2000, ONE_BUS_64MB, FROM_80_MHZ_WITHOUT_26),
];

const byId: ReadonlyMap<string, ChipTarget> = new Map(chipTargets.map((target) => [target.id, target]));
const byImageId: ReadonlyMap<number, ChipTarget> = new Map(
  chipTargets.map((target) => [target.imageChipId, target]),
);

/** Takes any text, because it comes from settings and command lines. */
export const chipById = (id: string): ChipTarget | undefined => byId.get(id);

export const chipByImageId = (imageChipId: number): ChipTarget | undefined => byImageId.get(imageChipId);

/** Whether a segment loaded at this address is read from flash through the cache (the bootloader's `should_map`). */
export const isMappedFlash = (target: ChipTarget, address: number): boolean =>
  target.mappedFlash.some(({ low, high }) => address >= low && address < high);
