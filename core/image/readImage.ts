import { sha256 } from "@noble/hashes/sha2.js";
import { type Failure, failure, type Result, success } from "../result";
import { hex } from "../text/units";
import { equalBytes, toHex, u8, u32 } from "./bytes";
import { HASH_FLAG, HEADER_SIZE, type ImageFault, type ImageHeader, readHeader } from "./header";

export interface ImageSegment {
  readonly loadAddress: number;
  /** Of the segment's data, in bytes from the start of the file. */
  readonly offset: number;
  readonly size: number;
}

/** Header and segments, all verified: the checksum always, the SHA-256 where one is appended. */
export interface EspImage extends ImageHeader {
  /** Bytes of header, segments, padding, checksum and appended hash: all that a device needs to boot it unsigned. */
  readonly size: number;
  readonly segments: readonly ImageSegment[];
  readonly checksum: number;
  /** Hex digits of the appended SHA-256; undefined when the header announces none. */
  readonly sha256: string | undefined;
}

const SEGMENT_HEADER_SIZE = 8;
const CHECKSUM_START = 0xef;
const SHA256_SIZE = 32;

/** Reads and verifies the image whose header is at `offset`; what follows the image is not looked at. Linear time. */
export const readImage = (bytes: Uint8Array, offset = 0): Result<EspImage, ImageFault> => {
  const header = readHeader(bytes, offset);
  if (!header.ok) return header;
  const segments = readSegments(bytes, header.value);
  if (!segments.ok) return segments;
  const checksum = verifyChecksum(bytes, offset, segments.value);
  if (!checksum.ok) return checksum;
  const hash = verifyHash(bytes, header.value, checksum.value.end);
  if (!hash.ok) return hash;
  return success({
    ...header.value,
    size: checksum.value.end - offset + (header.value.hashAppended ? SHA256_SIZE : 0),
    segments: segments.value,
    checksum: checksum.value.checksum,
    sha256: hash.value,
  });
};

const readSegments = (
  bytes: Uint8Array,
  header: ImageHeader,
): Result<readonly ImageSegment[], ImageFault> => {
  const segments: ImageSegment[] = [];
  let at = header.offset + HEADER_SIZE;
  for (let index = 0; index < header.segmentCount; index++) {
    const segment = {
      loadAddress: u32(bytes, at),
      offset: at + SEGMENT_HEADER_SIZE,
      size: u32(bytes, at + 4),
    };
    if (segment.offset > bytes.length)
      return truncated(bytes, `the header of segment ${index}`, segment.offset);
    if (segment.size % 4 !== 0) {
      return failure(
        "segment-size",
        at + 4,
        `Segment ${index} at ${hex(at)} has ${segment.size} bytes, which is not a multiple of 4. The file is damaged.`,
      );
    }
    at = segment.offset + segment.size;
    if (at > bytes.length) return truncated(bytes, `segment ${index}`, at);
    segments.push(segment);
  }
  return success(segments);
};

/** The bytes may end with the file or with the partition that holds the image. */
const truncated = (bytes: Uint8Array, what: string, end: number): Failure<ImageFault> =>
  failure(
    "truncated",
    bytes.length,
    `The image is cut off at ${hex(bytes.length)}: ${what} goes on to ${hex(end)}, so at least ${end - bytes.length} bytes are missing. Download or build the image again.`,
  );

/** The checksum is the last byte of the padding to 16: `end` is where it ends. */
const verifyChecksum = (
  bytes: Uint8Array,
  offset: number,
  segments: readonly ImageSegment[],
): Result<{ checksum: number; end: number }, ImageFault> => {
  const last = segments.at(-1);
  const unpadded = last ? last.offset + last.size - offset : HEADER_SIZE;
  const end = offset + ((unpadded + 16) & ~15);
  if (end > bytes.length) return truncated(bytes, "the checksum", end);
  const stored = u8(bytes, end - 1);
  const computed = segments.reduce((sum, segment) => xorOf(bytes, segment, sum), CHECKSUM_START);
  return computed === stored
    ? success({ checksum: stored, end })
    : failure(
        "checksum",
        end - 1,
        `The checksum at ${hex(end - 1)} is ${hex(stored)}, but the segments give ${hex(computed)}. The file is damaged; download or build the image again.`,
      );
};

/** Four bytes at a time, which is twice as fast: sizes are multiples of 4. The four lanes meet at the end. */
const xorOf = (bytes: Uint8Array, { offset, size }: ImageSegment, start: number): number => {
  const words = new DataView(bytes.buffer, bytes.byteOffset + offset, size);
  let sum = start;
  for (let at = 0; at < size; at += 4) sum ^= words.getInt32(at, true);
  return (sum ^ (sum >> 8) ^ (sum >> 16) ^ (sum >> 24)) & 0xff;
};

const verifyHash = (
  bytes: Uint8Array,
  { offset, hashAppended }: ImageHeader,
  end: number,
): Result<string | undefined, ImageFault> => {
  const stored = bytes.subarray(end, end + SHA256_SIZE);
  if (!hashAppended)
    return hasHiddenHash(bytes, offset, end, stored) ? hiddenHash(offset) : success(undefined);
  if (stored.length < SHA256_SIZE) return truncated(bytes, "the appended SHA-256", end + SHA256_SIZE);
  return equalBytes(sha256(bytes.subarray(offset, end)), stored)
    ? success(toHex(stored))
    : failure(
        "sha256",
        end,
        `The SHA-256 at ${hex(end)} does not match the image. The file is damaged; download or build the image again.`,
      );
};

/** A flag that lost its bit would make the hash look like foreign bytes behind the image: the hash itself can tell. */
const hasHiddenHash = (bytes: Uint8Array, offset: number, end: number, stored: Uint8Array): boolean => {
  if (stored.length < SHA256_SIZE) return false;
  const digest = sha256
    .create()
    .update(bytes.subarray(offset, offset + HASH_FLAG))
    .update(Uint8Array.of(1))
    .update(bytes.subarray(offset + HASH_FLAG + 1, end))
    .digest();
  return equalBytes(digest, stored);
};

const hiddenHash = (offset: number): Failure<ImageFault> =>
  failure(
    "hash-flag",
    offset + HASH_FLAG,
    "The header says that no SHA-256 is appended, but the right one for a header that announces it follows. The header is damaged; download or build the image again.",
  );
