import { flashSizeOfNibble } from "../chip/flashSize";
import { type ChipTarget, chipByImageId } from "../chip/targets";
import { type Failure, failure, type Result, success } from "../result";
import { hex } from "../text/units";
import { u8, u16, u32 } from "./bytes";

/** Why bytes are no image that a bootloader would load. Offsets of these failures count from the start of the file. */
export type ImageFault =
  | "too-short"
  | "no-magic"
  | "esp8266"
  | "segment-count"
  | "unknown-chip"
  | "hash-flag"
  | "segment-size"
  | "truncated"
  | "checksum"
  | "sha256";

export type FlashMode = "qio" | "qout" | "dio" | "dout" | "fast_read" | "slow_read";

/** An `esp_image_header_t`, once its chip is known. */
export interface ImageHeader {
  readonly chip: ChipTarget;
  /** Of the header, in bytes from the start of the file. */
  readonly offset: number;
  readonly segmentCount: number;
  readonly entry: number;
  readonly flashMode: FlashMode | undefined;
  /** MHz; undefined where the header does not tell. */
  readonly flashFrequency: number | undefined;
  /** Bytes, as the bootloader or app that carries this header believes them; an unknown nibble counts as 2 MB. */
  readonly flashSize: number;
  /** major * 100 + minor. */
  readonly minChipRevision: number;
  /** major * 100 + minor; undefined where nothing is said (before ESP-IDF v4.4.5 and v5.0.1, or no limit). */
  readonly maxChipRevision: number | undefined;
  /** Whether a SHA-256 follows the checksum. */
  readonly hashAppended: boolean;
}

/** The first byte of every image. */
export const MAGIC = 0xe9;
export const HEADER_SIZE = 24;
/** `hash_appended`, in bytes from the header's start. */
export const HASH_FLAG = 23;
const MAX_SEGMENTS = 16;

const NO_REVISION_LIMIT = 0xffff;
const FLASH_MODES: readonly FlashMode[] = ["qio", "qout", "dio", "dout", "fast_read", "slow_read"];

/** The header at `offset`; nothing behind it is looked at. */
export const readHeader = (bytes: Uint8Array, offset: number): Result<ImageHeader, ImageFault> => {
  const fault = magicFault(bytes, offset);
  if (fault) return fault;
  const chip = chipByImageId(u16(bytes, offset + 12));
  if (!chip) return unknownChip(bytes, offset);
  return fieldFault(bytes, offset) ?? success(headerFields(bytes, offset, chip));
};

const magicFault = (bytes: Uint8Array, offset: number): Failure<ImageFault> | undefined => {
  const left = bytes.length - offset;
  if (left <= 0) {
    return failure(
      "too-short",
      offset,
      "There is nothing to read: the file is empty or ends before the image.",
    );
  }
  if (u8(bytes, offset) !== MAGIC) {
    return failure(
      "no-magic",
      offset,
      `An ESP32 image begins with the byte 0xe9, but at ${hex(offset)} there is ${hex(u8(bytes, offset))}.`,
    );
  }
  if (left < HEADER_SIZE) {
    return failure(
      "too-short",
      offset,
      `The image header takes ${HEADER_SIZE} bytes, but the file has only ${left} from ${hex(offset)} on.`,
    );
  }
  return isEsp8266(bytes, offset)
    ? failure(
        "esp8266",
        offset,
        "This is an image for the ESP8266. Choose the image for an ESP32-family chip.",
      )
    : undefined;
};

const fieldFault = (bytes: Uint8Array, offset: number): Failure<ImageFault> | undefined => {
  const segmentCount = u8(bytes, offset + 1);
  const hashFlag = u8(bytes, offset + HASH_FLAG);
  if (segmentCount === 0 || segmentCount > MAX_SEGMENTS) {
    return failure(
      "segment-count",
      offset + 1,
      `The header announces ${segmentCount} segments; an image has 1 to ${MAX_SEGMENTS}. The file is damaged or is no ESP32 image.`,
    );
  }
  return hashFlag > 1
    ? failure(
        "hash-flag",
        offset + HASH_FLAG,
        `The header's hash flag is ${hex(hashFlag)}; it can only be 0 or 1. The file is damaged or is no ESP32 image.`,
      )
    : undefined;
};

const unknownChip = (bytes: Uint8Array, offset: number): Failure<ImageFault> =>
  failure(
    "unknown-chip",
    offset + 12,
    `The header names the chip id ${hex(u16(bytes, offset + 12))}, which is no chip of the ESP32 family known here. The file is damaged, is no ESP32 image, or is for a newer chip.`,
  );

/** The ESP8266 header has 8 bytes, so its first load address stands where the ESP32 has pin settings (0xEE or 0). */
const isEsp8266 = (bytes: Uint8Array, offset: number): boolean => {
  const address = u32(bytes, offset + 8);
  return address >= 0x3ffe8000 && address < 0x40300000;
};

const headerFields = (bytes: Uint8Array, offset: number, chip: ChipTarget): ImageHeader => {
  const flash = u8(bytes, offset + 3);
  const maxRevision = u16(bytes, offset + 17);
  return {
    chip,
    offset,
    segmentCount: u8(bytes, offset + 1),
    entry: u32(bytes, offset + 4),
    flashMode: FLASH_MODES[u8(bytes, offset + 2)],
    flashFrequency: chip.flashFrequencies[flash & 0xf],
    flashSize: flashSizeOfNibble(flash >> 4),
    minChipRevision: minChipRevision(bytes, offset, chip),
    maxChipRevision: maxRevision === 0 || maxRevision === NO_REVISION_LIMIT ? undefined : maxRevision,
    hashAppended: u8(bytes, offset + HASH_FLAG) === 1,
  };
};

/** Before the full fields existed one byte held the ESP32's major revision, and the minor one of every other chip. */
const minChipRevision = (bytes: Uint8Array, offset: number, chip: ChipTarget): number => {
  const legacy = u8(bytes, offset + 14) * (chip.id === "esp32" ? 100 : 1);
  return u16(bytes, offset + 15) || legacy;
};
