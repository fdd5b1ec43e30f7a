import { isMappedFlash } from "../../chip/targets";
import { toHex, u8, u16, u32 } from "../../image/bytes";
import { HASH_FLAG, HEADER_SIZE, type ImageFault, type ImageHeader, readHeader } from "../../image/header";
import type { Extent } from "../../migrate/solve/spaces";
import { BLOCK, SECTOR } from "./contents";
import { contentAt, type Flash, readFlash } from "./flash";
import { sha256At } from "./questions";
import { recall } from "./recall";

/** What a bootloader says of an image in flash; `text` is its line of log. */
export type ImageVerdict =
  | { readonly ok: true; readonly length: number }
  | { readonly ok: false; readonly text: string };

/** The bootloader loads no app from a larger partition (`SIXTEEN_MB` in esp_image_format.c). */
const LARGEST = 0x1000000;
const SEGMENT_HEADER = 8;
const CHECKSUM_START = 0xef;
const SHA256_SIZE = 32;

/**
 * Verifies an image as `esp_image_verify` in esp_image_format.c does: header, chip, segments, checksum, length, SHA-256.
 * `chipId` undefined: a bootloader from before images named their chip. Nothing is read twice: what was once found out of
 * the same contents is remembered, and checksums of whole sectors come with them.
 */
export function verifyImage(flash: Flash, extent: Extent, chipId: number | undefined): ImageVerdict {
  const verdict = recall(flash, extent, `image ${chipId} ${extent.offset}`, () =>
    verify(flash, extent, chipId),
  );
  return verdict === TOO_LONG ? fault(tooLong(lengthAt(flash, extent.offset), extent.size)) : verdict;
}

/** The length of the image for this chip that begins at `offset` and ends within `size`; 0 where there is none. */
export function imageAt(flash: Flash, extent: Extent, chipId: number): number {
  const verdict = verifyImage(flash, extent, chipId);
  return verdict.ok ? verdict.length : 0;
}

function verify(flash: Flash, { offset, size }: Extent, chipId: number | undefined): ImageVerdict {
  if (size > LARGEST) return fault(`partition size 0x${digits(size)} invalid, larger than 16MB`);
  if (size < HEADER_SIZE) return fault(`image at 0x${digits(offset)} has invalid magic byte`);
  const bytes = readFlash(flash, offset, HEADER_SIZE);
  const header = readHeader(bytes, 0);
  const foundId = u16(bytes, 12);
  if (!header.ok) return fault(headerText(header.reason, offset, chipId, foundId));
  if (chipId !== undefined && foundId !== chipId) return fault(mismatch(chipId, foundId));
  return verifySegments(flash, { offset, size }, header.value);
}

const fault = (text: string): ImageVerdict => ({ ok: false, text });
const digits = (value: number): string => value.toString(16);
const mismatch = (expected: number, found: number): string =>
  `mismatch chip ID, expected ${expected}, found ${found}`;

function headerText(reason: ImageFault, offset: number, chipId: number | undefined, foundId: number): string {
  if (reason === "no-magic")
    return `image at 0x${digits(offset)} has invalid magic byte (nothing flashed here?)`;
  if (reason === "unknown-chip" && chipId !== undefined) return mismatch(chipId, foundId);
  return `image at 0x${digits(offset)} is invalid`;
}

function verifySegments(flash: Flash, { offset, size }: Extent, header: ImageHeader): ImageVerdict {
  let at = HEADER_SIZE;
  let sum = CHECKSUM_START;
  let isAligned = false;
  for (let index = 0; index < header.segmentCount; index++) {
    if (at + SEGMENT_HEADER > size) return TOO_LONG;
    const segment = readFlash(flash, offset + at, SEGMENT_HEADER);
    const [address, length] = [u32(segment, 0), u32(segment, 4)];
    at += SEGMENT_HEADER;
    if (length % 4 !== 0) return fault(`unaligned segment length 0x${digits(length)}`);
    if (at + length > size) return TOO_LONG;
    // esptool puts all mapped segments alike, so the first tells of all whether the image stands where it was built for.
    if (!isAligned && length > 0 && isMappedFlash(header.chip, address)) {
      if ((offset + at) % BLOCK !== address % BLOCK) return fault(misplaced(index, address, offset + at));
      isAligned = true;
    }
    sum ^= xorAt(flash, offset + at, length);
    at += length;
  }
  return verifyEnd(flash, { offset, size }, header, at, sum);
}

/** Its text is a matter of bytes behind the place, so it is not remembered with it. */
const TOO_LONG = fault("");

const tooLong = (length: number, size: number): string =>
  `Image length ${length} doesn't fit in partition length ${size}`;

/** As its segments say it, wherever they end. */
function lengthAt(flash: Flash, offset: number): number {
  const header = readFlash(flash, offset, HEADER_SIZE);
  let at = HEADER_SIZE;
  for (let index = 0; index < u8(header, 1) && offset + at + SEGMENT_HEADER <= flash.size; index++)
    at += SEGMENT_HEADER + u32(readFlash(flash, offset + at, SEGMENT_HEADER), 4);
  return at + 16 - (at % 16) + (u8(header, HASH_FLAG) === 1 ? SHA256_SIZE : 0);
}

const hex8 = (value: number): string => `0x${digits(value).padStart(8, "0")}`;
const misplaced = (index: number, address: number, data: number): string =>
  `Segment ${index} load address ${hex8(address)}, doesn't match data ${hex8(data)}`;

/** The checksum is the last byte of the padding to 16, and the SHA-256 follows it. */
function verifyEnd(
  flash: Flash,
  { offset, size }: Extent,
  header: ImageHeader,
  end: number,
  sum: number,
): ImageVerdict {
  const padded = (end + 16) & ~15;
  const length = padded + (header.hashAppended ? SHA256_SIZE : 0);
  if (padded > size) return TOO_LONG;
  const stored = u8(readFlash(flash, offset + padded - 1, 1), 0);
  if (stored !== sum) return fault(`Checksum failed. Calculated 0x${digits(sum)} read 0x${digits(stored)}`);
  if (length > size) return TOO_LONG;
  if (header.hashAppended && !hasHash(flash, offset, padded))
    return fault("Image hash failed - image is corrupt");
  return { ok: true, length };
}

const hasHash = (flash: Flash, offset: number, size: number): boolean =>
  toHex(readFlash(flash, offset + size, SHA256_SIZE)) === sha256At(flash, { offset, size });

function xorAt(flash: Flash, offset: number, size: number): number {
  let sum = 0;
  for (let at = offset; at < offset + size; ) {
    const start = at % SECTOR;
    const end = Math.min(SECTOR, start + offset + size - at);
    const { bytes, xor } = contentAt(flash, Math.floor(at / SECTOR));
    if (end - start === SECTOR) sum ^= xor;
    else for (let index = start; index < end; index++) sum ^= bytes[index] ?? 0;
    at += end - start;
  }
  return sum;
}
