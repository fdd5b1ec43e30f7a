import { sha256 } from "@noble/hashes/sha2.js";
import { FLASH_SIZES } from "../chip/flashSize";
import type { ChipTarget } from "../chip/targets";
import { HASH_FLAG, HEADER_SIZE, MAGIC } from "../image/header";
import { sha256Hex } from "../image/sha256Hex";
import { alignUp } from "../text/units";
import { seeded } from "./seeded";

/** What can run on a simulated device. */
export type AppKind = "firmware" | "repartitioner" | "micropython";

/** An image that a simulated device recognises by its bytes. */
export interface SimulatedImage {
  readonly kind: AppKind;
  /** The image and nothing behind it. */
  readonly bytes: Uint8Array;
  /** Of the bytes; 64 hexadecimal digits. */
  readonly sha256: string;
  /** The ESP-IDF that its descriptor names. */
  readonly idfVersion: string;
}

export interface AppImageOptions {
  readonly kind: AppKind;
  /** Bytes wanted. Images have lengths of 16 n and a least one; it is rounded up to the next. */
  readonly size: number;
  readonly chip: ChipTarget;
  /** Such as "v5.0.4". */
  readonly idfVersion?: string | undefined;
  /** Of the header, in bytes. */
  readonly flashSize?: number | undefined;
}

const SEGMENT_HEADER = 8;
const SHA256_SIZE = 32;
const CHECKSUM_START = 0xef;
const DESCRIPTOR_MAGIC = 0xabcd5432;
const DESCRIPTOR_SIZE = 256;
const BOOTLOADER_DESCRIPTOR_SIZE = 80;
const BOOTLOADER_DATA = 0x2000;
/** Header, one segment header, the descriptor, and the shortest end: 16 bytes with the checksum, and the SHA-256. */
const LEAST = alignUp(HEADER_SIZE + SEGMENT_HEADER + DESCRIPTOR_SIZE + 1, 16) + SHA256_SIZE;

const SEEDS: Readonly<Record<AppKind, number>> = { firmware: 1, repartitioner: 2, micropython: 3 };
const NAMES: Readonly<Record<AppKind, string>> = {
  firmware: "field-firmware",
  repartitioner: "repartitioner",
  micropython: "micropython",
};

/** An app of this size with everything right that a bootloader and an update look at; the same for the same options. */
export function appImage({
  kind,
  size,
  chip,
  idfVersion = "v5.0.4",
  flashSize,
}: AppImageOptions): SimulatedImage {
  const data = noise(dataLength(Math.max(size, LEAST)), SEEDS[kind]);
  data.fill(0, 0, DESCRIPTOR_SIZE);
  new DataView(data.buffer).setUint32(0, DESCRIPTOR_MAGIC, true);
  putText(data, 16, "1.0");
  putText(data, 48, NAMES[kind]);
  putText(data, 112, idfVersion);
  if (kind === "micropython")
    putText(data, DESCRIPTOR_SIZE, "MicroPython v1.23.0 on 2024-06-02; simulated", true);
  const bytes = sealed(chip, flashSize ?? 0x400000, (chip.mappedFlash[0]?.low ?? 0) + 0x20, data);
  return { kind, bytes, sha256: sha256Hex(bytes), idfVersion };
}

/** A bootloader whose header says that the flash has so many bytes. */
export function bootloaderImage({
  chip,
  flashSize,
  idfVersion,
}: {
  readonly chip: ChipTarget;
  readonly flashSize: number;
  /** With it the bootloader has the descriptor of ESP-IDF v5.2 and later. */
  readonly idfVersion?: string | undefined;
}): Uint8Array {
  const data = noise(BOOTLOADER_DATA, 4);
  data.fill(0, 0, BOOTLOADER_DESCRIPTOR_SIZE);
  if (idfVersion !== undefined) {
    data[0] = BOOTLOADER_DESCRIPTOR_SIZE;
    putText(data, 8, idfVersion);
  }
  return sealed(chip, flashSize, RAM, data);
}

/** Where a bootloader's segment is loaded: RAM, which no chip maps to flash. */
const RAM = 0x3fff0030;

/** Of the one segment, so that the image gets the size, rounded up to the next that an image can have. */
const dataLength = (size: number): number => {
  const padded = alignUp(size - SHA256_SIZE, 16);
  return padded - 4 - HEADER_SIZE - SEGMENT_HEADER;
};

function noise(length: number, seed: number): Uint8Array {
  const random = seeded(seed);
  const words = new Uint32Array(length / 4).map(() => random());
  return new Uint8Array(words.buffer);
}

const putText = (bytes: Uint8Array, at: number, text: string, ends = false): void => {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index);
  if (ends) bytes[at + text.length] = 0;
};

/** Header, one segment, padding with the checksum, SHA-256. */
function sealed(chip: ChipTarget, flashSize: number, loadAddress: number, data: Uint8Array): Uint8Array {
  const end = HEADER_SIZE + SEGMENT_HEADER + data.length;
  const padded = (end + 16) & ~15;
  const image = new Uint8Array(padded + SHA256_SIZE);
  const view = new DataView(image.buffer);
  const nibble = FLASH_SIZES.indexOf(flashSize);
  if (nibble < 0) throw new RangeError(`no image header can name a flash of ${flashSize} bytes`);
  image.set([MAGIC, 1, 2, nibble << 4]);
  view.setUint32(4, 0x40081540, true);
  image[8] = 0xee;
  view.setUint16(12, chip.imageChipId, true);
  view.setUint16(17, 0xffff, true);
  image[HASH_FLAG] = 1;
  view.setUint32(HEADER_SIZE, loadAddress, true);
  view.setUint32(HEADER_SIZE + 4, data.length, true);
  image.set(data, HEADER_SIZE + SEGMENT_HEADER);
  image[padded - 1] = data.reduce((sum, byte) => sum ^ byte, CHECKSUM_START);
  image.set(sha256(image.subarray(0, padded)), padded);
  return image;
}
