import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { FLASH_SIZES, parseFlashSize } from "../../core/chip/flashSize";
import { type ChipId, chipById } from "../../core/chip/targets";
import { ascii, blank, concat, cStrings, padTo, pattern, words, zeros } from "./bytes";

/** Small images with everything right that real ones have: nothing here is anyone's firmware. */

export interface SegmentFixture {
  readonly loadAddress: number;
  readonly data: Uint8Array;
}

export interface ImageFixture {
  readonly chip?: ChipId;
  readonly segments: readonly SegmentFixture[];
  /** "4MB"; what the header says of the flash. */
  readonly flashSize?: string;
  /** An image without the appended SHA-256, as esptool made them long ago. */
  readonly hash?: "appended" | "none";
}

export interface AppFixture {
  readonly chip?: ChipId;
  readonly flashSize?: string;
  /** Exact bytes of the image; a multiple of 16. The rest is filled with bytes that do not repeat. */
  readonly size?: number;
  readonly idfVersion?: string;
  readonly projectName?: string;
  readonly version?: string;
  /** "none" for an app of ESP-IDF v3.2 and earlier. */
  readonly descriptor?: "present" | "none";
  /** C strings in the app's constants; what `micropythonTexts` gives makes it a MicroPython. */
  readonly texts?: readonly string[];
  readonly hash?: "appended" | "none";
}

export interface BootloaderFixture {
  readonly chip?: ChipId;
  readonly flashSize?: string;
  /** With this the bootloader has the descriptor of ESP-IDF v5.2 and later. */
  readonly idfVersion?: string;
  readonly texts?: readonly string[];
}

export interface RowFixture {
  readonly label: string;
  readonly type: number;
  readonly subtype: number;
  readonly offset: number;
  readonly size: number;
}

export interface CombinedFixture {
  readonly chip?: ChipId;
  readonly bootloader?: Uint8Array;
  readonly rows?: readonly RowFixture[];
  /** Apps by the label of their row. */
  readonly apps?: Readonly<Record<string, Uint8Array>>;
  readonly tableOffset?: number;
  /** Flash address of the first byte; the chip's bootloader offset unless said otherwise. */
  readonly flashOffset?: number;
  /** Bytes of the whole file, filled up with 0xFF. */
  readonly size?: number;
}

const RAM = 0x3fff0030;
const DESCRIPTOR_MAGIC = 0xabcd5432;

/** The table of MicroPython's 4 MB boards. */
export const MICROPYTHON_ROWS: readonly RowFixture[] = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x6000 },
  { label: "phy_init", type: 1, subtype: 1, offset: 0xf000, size: 0x1000 },
  { label: "factory", type: 0, subtype: 0, offset: 0x10000, size: 0x1f0000 },
  { label: "vfs", type: 1, subtype: 0x81, offset: 0x200000, size: 0x200000 },
];

export const micropythonTexts = (
  version = "v1.23.0",
  machine = "Generic ESP32 module with ESP32",
  date = "2024-06-02",
): readonly string[] => [
  `3.4.0; MicroPython ${version} on ${date}`,
  `MicroPython ${version} on ${date}`,
  `; ${machine}`,
  'Type "help()" for more information.\r\n',
];

export const makeImage = ({
  chip = "esp32",
  segments,
  flashSize = "4MB",
  hash = "appended",
}: ImageFixture): Uint8Array => {
  const body = concat(segments.flatMap(({ loadAddress, data }) => [words(loadAddress, data.length), data]));
  const unsealed = concat([imageHeader(chip, segments.length, flashSize, hash), body]);
  const sealed = withChecksum(unsealed, segments);
  return hash === "appended" ? concat([sealed, sha256(sealed)]) : sealed;
};

export const makeApp = (fixture: AppFixture = {}): Uint8Array => {
  const { chip = "esp32", flashSize = "4MB", hash = "appended" } = fixture;
  const mapped = chipOf(chip).mappedFlash;
  const data = concat([
    fixture.descriptor === "none" ? zeros(0) : appDescriptor(fixture),
    cStrings(fixture.texts ?? []),
  ]);
  const code = pattern(64, 1);
  const filler = fillerSize(fixture.size, data.length + code.length * 2, hash);
  return makeImage({
    chip,
    flashSize,
    hash,
    segments: [
      { loadAddress: (mapped[0]?.low ?? 0) + 0x20, data: concat([data, pattern(filler, 2)]) },
      { loadAddress: RAM, data: code },
      { loadAddress: (mapped.at(-1)?.low ?? 0) + 0x100020, data: code },
    ],
  });
};

/** A small MicroPython as its project publishes them: version and project name empty. */
export const makeMicroPython = (fixture: AppFixture = {}): Uint8Array =>
  makeApp({ idfVersion: "v5.0.4", texts: micropythonTexts(), ...fixture });

export const makeBootloader = ({
  chip = "esp32",
  flashSize = "4MB",
  idfVersion,
  texts = [],
}: BootloaderFixture = {}): Uint8Array => {
  const data = concat([
    idfVersion === undefined ? zeros(4) : bootloaderDescriptor(idfVersion),
    cStrings(texts),
  ]);
  const code = { loadAddress: RAM + 0x8000, data: pattern(256, 3) };
  return makeImage({ chip, flashSize, segments: [{ loadAddress: RAM, data }, code] });
};

/** The 0xC00 bytes of a table; `md5Row: "none"` as ESP-IDF before v3.1 wrote them. */
export const makeTable = (
  rows: readonly RowFixture[],
  md5Row: "present" | "none" = "present",
): Uint8Array => {
  const entries = concat(rows.map(tableRow));
  const check = concat([Uint8Array.of(0xeb, 0xeb), blank(14), md5(entries)]);
  return padTo(concat([entries, md5Row === "present" ? check : zeros(0)]), 0xc00);
};

export const makeCombined = ({
  chip = "esp32",
  bootloader = makeBootloader({ chip }),
  rows = MICROPYTHON_ROWS,
  apps = { factory: makeMicroPython({ chip }) },
  tableOffset = 0x8000,
  flashOffset = chipOf(chip).bootloaderOffset,
  size = 0,
}: CombinedFixture = {}): Uint8Array => {
  const parts: (readonly [number, Uint8Array])[] = [
    [chipOf(chip).bootloaderOffset, bootloader],
    [tableOffset, makeTable(rows)],
    ...rows.flatMap((row): (readonly [number, Uint8Array])[] => {
      const app = apps[row.label];
      return app ? [[row.offset, app]] : [];
    }),
  ];
  const end = Math.max(...parts.map(([offset, bytes]) => offset + bytes.length)) - flashOffset;
  const file = blank(Math.max(end, size));
  for (const [offset, bytes] of parts) file.set(bytes, offset - flashOffset);
  return file;
};

/** Puts right what a change of a byte broke, so that tests reach what lies behind checksum and hash. */
export const sealAgain = (image: Uint8Array): Uint8Array => {
  const sealed = image.slice(0, -32);
  return concat([sealed, sha256(sealed)]);
};

const imageHeader = (chip: ChipId, segmentCount: number, flashSize: string, hash: string): Uint8Array => {
  const nibble = FLASH_SIZES.indexOf(parseFlashSize(flashSize) ?? 0);
  const { imageChipId } = chipOf(chip);
  const header = zeros(24);
  header.set([0xe9, segmentCount, 2, nibble << 4]);
  header.set(words(0x40081540), 4);
  header.set([0xee, 0, 0, 0, imageChipId & 0xff, imageChipId >> 8], 8);
  header[23] = hash === "appended" ? 1 : 0;
  return header;
};

const withChecksum = (unsealed: Uint8Array, segments: readonly SegmentFixture[]): Uint8Array => {
  const sealed = concat([unsealed, zeros(16 - (unsealed.length % 16))]);
  sealed[sealed.length - 1] = segments.reduce(
    (sum, { data }) => data.reduce((x, byte) => x ^ byte, sum),
    0xef,
  );
  return sealed;
};

/** Header, three segment headers, and 4 of the bytes of padding and checksum stand beside the data of an app. */
const fillerSize = (size: number | undefined, dataSize: number, hash: string): number => {
  if (size === undefined) return 64;
  const filler = size - dataSize - 24 - 3 * 8 - 4 - (hash === "appended" ? 32 : 0);
  if (size % 16 !== 0 || filler < 0) throw new Error(`an app of ${size} bytes cannot be made`);
  return filler;
};

const appDescriptor = ({ idfVersion = "v5.0.4", projectName = "", version = "" }: AppFixture): Uint8Array => {
  const descriptor = zeros(256);
  descriptor.set(words(DESCRIPTOR_MAGIC));
  descriptor.set(ascii(version.slice(0, 32)), 16);
  descriptor.set(ascii(projectName.slice(0, 32)), 48);
  descriptor.set(ascii(idfVersion.slice(0, 32)), 112);
  descriptor.set(pattern(32, 4), 144);
  return descriptor;
};

const bootloaderDescriptor = (idfVersion: string): Uint8Array => {
  const descriptor = zeros(80);
  descriptor[0] = 80;
  descriptor.set(words(1), 4);
  descriptor.set(ascii(idfVersion.slice(0, 32)), 8);
  return descriptor;
};

const tableRow = ({ label, type, subtype, offset, size }: RowFixture): Uint8Array => {
  const row = zeros(32);
  row.set([0xaa, 0x50, type, subtype]);
  row.set(words(offset, size), 4);
  row.set(ascii(label.slice(0, 16)), 12);
  return row;
};

const chipOf = (id: ChipId) => {
  const chip = chipById(id);
  if (!chip) throw new Error(`no chip ${id}`);
  return chip;
};
