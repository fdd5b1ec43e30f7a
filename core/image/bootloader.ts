import { asciiBytes, fieldText, indexOfBytes, printableAt, u8, u32 } from "./bytes";
import type { EspImage } from "./readImage";

/** `esp_bootloader_desc_t` (ESP-IDF v5.2 and later). */
export interface BootloaderDescriptor {
  /** The project's own number (`CONFIG_BOOTLOADER_PROJECT_VER`), not ESP-IDF's. */
  readonly version: number;
  readonly idfVersion: string;
  /** Compile date and time as the compiler wrote them; empty in reproducible builds. */
  readonly dateTime: string;
}

/** What a bootloader tells about the ESP-IDF that built it. Where it does not say, the bounds are what its texts prove. */
export interface BootloaderVersion {
  /** Such as "v3.3.5"; undefined where the bootloader carries no version (a low log level removes it). */
  readonly idfVersion: string | undefined;
  readonly source: "descriptor" | "text" | "unknown";
  /** First ESP-IDF version that has what was found. */
  readonly atLeast: string | undefined;
  /** First ESP-IDF version that no longer looks like this. */
  readonly before: string | undefined;
  /** Built by Espressif's arduino-lib-builder, so it came with the Arduino core. */
  readonly arduino: boolean;
}

export interface BootloaderImage {
  readonly image: EspImage;
  readonly descriptor: BootloaderDescriptor | undefined;
  readonly version: BootloaderVersion;
}

const DESCRIPTOR_MAGIC = 80;
const DESCRIPTOR_SIZE = 80;

/** Log formats and messages by the first release that has them, newest first (read in ESP-IDF at its tags). */
const SINCE: readonly (readonly [text: string, version: string])[] = [
  ["(%lu) %s:", "v5.0"],
  ["(%u) %s:", "v4.1.2"],
  ["mismatch chip ID", "v3.1.7"],
  ["Incorrect MD5 checksum", "v3.1"],
];

/** Log formats by the first release from which on none has them; the format of v4.2.1 reached v4.1.2 but not v4.2. */
const UNTIL: readonly (readonly [text: string, version: string])[] = [
  ["(%d) %s:", "v4.2.1"],
  ["(%u) %s:", "v5.0"],
];

/**
 * Messages by the first release from which on all have them: where other errors are logged and these are not, the
 * bootloader is older. Without the MD5 message it also refuses a table with an MD5 row.
 */
const MISSING_BEFORE: readonly (readonly [text: string, version: string])[] = [
  ["Incorrect MD5 checksum", "v3.1"],
  ["mismatch chip ID", "v3.3.1"],
];
const ANY_ERROR_MESSAGE = "invalid magic number";
const DESCRIPTOR_SINCE = "v5.2";
const GREETING = "2nd stage bootloader";
const ARDUINO_PATH = "arduino-lib-builder";

export const readBootloader = (bytes: Uint8Array, image: EspImage): BootloaderImage => {
  const descriptor = readDescriptor(bytes, image);
  const own = bytes.subarray(image.offset, image.offset + image.size);
  return { image, descriptor, version: readVersion(own, descriptor) };
};

const readDescriptor = (bytes: Uint8Array, image: EspImage): BootloaderDescriptor | undefined => {
  const segment = image.segments[0];
  if (!segment || segment.size < DESCRIPTOR_SIZE || u8(bytes, segment.offset) !== DESCRIPTOR_MAGIC)
    return undefined;
  const at = segment.offset;
  const idfVersion = fieldText(bytes, at + 8, 32);
  if (idfVersion === "") return undefined;
  return { version: u32(bytes, at + 4), idfVersion, dateTime: fieldText(bytes, at + 40, 24) };
};

const readVersion = (own: Uint8Array, descriptor: BootloaderDescriptor | undefined): BootloaderVersion => {
  const arduino = contains(own, ARDUINO_PATH);
  if (descriptor) {
    const { idfVersion } = descriptor;
    return { idfVersion, source: "descriptor", atLeast: DESCRIPTOR_SINCE, before: undefined, arduino };
  }
  const idfVersion = contains(own, GREETING) ? onlyVersionText(own) : undefined;
  return { idfVersion, source: idfVersion === undefined ? "unknown" : "text", ...bounds(own), arduino };
};

const bounds = (own: Uint8Array) => ({
  atLeast: SINCE.find(([text]) => contains(own, text))?.[1],
  before: missingMessage(own) ?? UNTIL.find(([text]) => contains(own, text))?.[1] ?? DESCRIPTOR_SINCE,
});

const missingMessage = (own: Uint8Array): string | undefined =>
  contains(own, ANY_ERROR_MESSAGE) ? MISSING_BEFORE.find(([text]) => !contains(own, text))?.[1] : undefined;

const contains = (own: Uint8Array, text: string): boolean => indexOfBytes(own, asciiBytes(text)) >= 0;

const VERSION_START = Uint8Array.of(0, "v".charCodeAt(0));
const VERSION = /^v\d+\.\d+[-.\w]*$/;

/** `IDF_VER` is a C string of its own. Two different ones would be a guess, so they count as none. */
const onlyVersionText = (own: Uint8Array): string | undefined => {
  const found = new Set<string>();
  let at = indexOfBytes(own, VERSION_START);
  while (at >= 0 && found.size < 2) {
    const text = printableAt(own, at + 1, 40);
    if (VERSION.test(text) && u8(own, at + 1 + text.length) === 0) found.add(text);
    at = indexOfBytes(own, VERSION_START, at + 1);
  }
  return found.size === 1 ? [...found][0] : undefined;
};
