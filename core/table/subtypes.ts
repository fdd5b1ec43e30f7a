/** Types and subtypes of `esp_partition.h` and `gen_esp32part.py` (v6.1), with what people need to know of each. */
export interface Keyword {
  readonly name: string;
  /** The byte in the binary table. */
  readonly value: number;
  readonly doc: string;
  /** First ESP-IDF release whose tool knows the word, where that is not from the beginning. */
  readonly since?: string;
}

export const APP = 0x00;
export const DATA = 0x01;
export const BOOTLOADER = 0x02;
export const PARTITION_TABLE = 0x03;

/** In the order of the tool's messages. */
export const partitionTypes: readonly Keyword[] = [
  {
    name: "bootloader",
    value: BOOTLOADER,
    since: "v5.4",
    doc: "A second-stage bootloader. Its size is computed.",
  },
  {
    name: "partition_table",
    value: PARTITION_TABLE,
    since: "v5.4",
    doc: "A partition table. Its size is 0x1000.",
  },
  {
    name: "app",
    value: APP,
    doc: "A slot for an application. Its offset must be a multiple of 0x10000 (64 KB).",
  },
  {
    name: "data",
    value: DATA,
    doc: "Anything that is not an application. Its offset must be a multiple of 0x1000 (4 KB).",
  },
];

export const FACTORY = 0x00;
export const OTA_0 = 0x10;
export const OTA_SLOTS = 16;
export const TEST = 0x20;

const otaSlots: Keyword[] = Array.from({ length: OTA_SLOTS }, (_, slot) => ({
  name: `ota_${slot}`,
  value: OTA_0 + slot,
  doc: `Update slot ${slot}. Number the slots from 0 without gaps: the bootloader counts them.`,
}));

const appSubtypes: readonly Keyword[] = [
  {
    name: "factory",
    value: FACTORY,
    doc: "The application that starts while otadata selects no update slot.",
  },
  { name: "test", value: TEST, doc: "The test application; starts only on request of a GPIO." },
  ...otaSlots,
  { name: "tee_0", value: 0x30, since: "v5.5", doc: "First slot of the trusted execution environment." },
  { name: "tee_1", value: 0x31, since: "v5.5", doc: "Second slot of the trusted execution environment." },
];

export const OTADATA = 0x00;
export const NVS = 0x02;
export const COREDUMP = 0x03;
export const UNDEFINED = 0x06;
export const FAT = 0x81;
export const SPIFFS = 0x82;
export const LITTLEFS = 0x83;
export const TEE_OTADATA = 0x90;

const dataSubtypes: readonly Keyword[] = [
  {
    name: "ota",
    value: OTADATA,
    doc: "otadata: which update slot starts next. Exactly 0x2000 bytes, only one.",
  },
  {
    name: "phy",
    value: 0x01,
    doc: "Radio calibration data, used when the firmware is built to read it from here.",
  },
  {
    name: "nvs",
    value: NVS,
    doc: "Key-value storage (Wi-Fi credentials, settings). At least 0x3000 bytes unless read-only.",
  },
  { name: "coredump", value: COREDUMP, doc: "Where a core dump is written after a crash." },
  {
    name: "nvs_keys",
    value: 0x04,
    since: "v3.2",
    doc: "Keys of an encrypted NVS, 0x1000 bytes; always encrypted.",
  },
  { name: "efuse", value: 0x05, since: "v3.3", doc: "Virtual eFuses, for tests." },
  {
    name: "undefined",
    value: UNDEFINED,
    since: "v4.4",
    doc: "Data of no particular kind; what a blank subtype means.",
  },
  { name: "esphttpd", value: 0x80, doc: "Files of esphttpd." },
  { name: "fat", value: FAT, doc: "A FAT filesystem. MicroPython's `vfs` partition has this subtype too." },
  { name: "spiffs", value: SPIFFS, doc: "A SPIFFS filesystem, also used for LittleFS by Arduino." },
  { name: "littlefs", value: LITTLEFS, since: "v5.2", doc: "A LittleFS filesystem." },
  {
    name: "tee_ota",
    value: TEE_OTADATA,
    since: "v5.5",
    doc: "otadata of the trusted execution environment, exactly 0x2000 bytes.",
  },
];

export const PRIMARY = 0x00;
export const RECOVERY = 0x02;

const bootloaderSubtypes: readonly Keyword[] = [
  {
    name: "primary",
    value: PRIMARY,
    since: "v5.5",
    doc: "The bootloader that the ROM starts. Offset and size are computed.",
  },
  { name: "ota", value: 0x01, since: "v5.4", doc: "Where a new bootloader waits for its installation." },
  {
    name: "recovery",
    value: RECOVERY,
    since: "v5.5",
    doc: "The bootloader that the ROM of newer chips falls back to.",
  },
];

const tableSubtypes: readonly Keyword[] = [
  { name: "primary", value: PRIMARY, since: "v5.5", doc: "The table in use. Offset and size are computed." },
  { name: "ota", value: 0x01, since: "v5.4", doc: "Where a new table waits for its installation." },
];

const subtypesByType: ReadonlyMap<number, readonly Keyword[]> = new Map([
  [APP, appSubtypes],
  [DATA, dataSubtypes],
  [BOOTLOADER, bootloaderSubtypes],
  [PARTITION_TABLE, tableSubtypes],
]);

/** A subtype that a project adds with `--extra-partition-subtypes "type, name, hex"`. */
export interface ExtraSubtype {
  readonly type: number;
  readonly name: string;
  readonly value: number;
}

/** The words of a type's SubType column, in the tool's order; none for types without words. */
export function subtypesOf(type: number, extra: readonly ExtraSubtype[] = []): readonly Keyword[] {
  const known = subtypesByType.get(type) ?? [];
  const added = extra.filter((subtype) => subtype.type === type);
  return added.length === 0
    ? known
    : [...known, ...added.map(({ name, value }) => ({ name, value, doc: "Added by this project." }))];
}

/** The value of a word. Of two words that are spelled alike, the one that the project added counts. */
export const wordValue = (words: readonly Keyword[], word: string): number | undefined =>
  words.findLast(({ name }) => name === word)?.value;

export const typeName = (type: number): string => nameOf(type, partitionTypes);

export const subtypeName = (type: number, subtype: number, extra: readonly ExtraSubtype[] = []): string =>
  nameOf(subtype, subtypesOf(type, extra));

/** Whether the row is one of the two that the tool places itself, outside the order of the others. */
export const isPrimary = (type: number | undefined, subtype: number | undefined): boolean =>
  (type === BOOTLOADER || type === PARTITION_TABLE) && subtype === PRIMARY;

/** Whether the tool computes the size of rows of this type, and the offset of some. */
export const isComputed = (type: number | undefined): boolean =>
  type === BOOTLOADER || type === PARTITION_TABLE;

export const isOtaSlot = (type: number | undefined, subtype: number | undefined): boolean =>
  type === APP && subtype !== undefined && OTA_0 <= subtype && subtype < OTA_0 + OTA_SLOTS;

/** Offsets of applications are multiples of 64 KB, because flash is mapped in pages of that size; all others of 4 KB. */
export const offsetAlignment = (type: number | undefined): number => (type === APP ? 0x10000 : 0x1000);

/** Sizes of applications are multiples of a sector, with Secure Boot V1 of a mapped page. */
export const appSizeAlignment = (secure: "v1" | "v2" | undefined): number =>
  secure === "v1" ? 0x10000 : 0x1000;

const nameOf = (value: number, keywords: readonly Keyword[]): string =>
  keywords.find((keyword) => keyword.value === value)?.name ?? String(value);
