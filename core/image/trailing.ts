import { isFilledWith, u8, u16, u32 } from "./bytes";
import type { EspImage } from "./readImage";

/** What stands between the end of a verified image and the end of its file or slot. */
export interface Trailing {
  /** In bytes from the start of the file. */
  readonly offset: number;
  readonly size: number;
  /** "padding" is all 0xFF or all 0; a signature may have padding behind it; "other" is not recognised. */
  readonly content: "nothing" | "padding" | "signature-v1" | "signature-v2" | "other";
  /** Where image and signature end: what a device with Secure Boot needs. Without a signature the image's own end. */
  readonly signedEnd: number;
}

/** Secure Boot V1: a version word 0 and a 64-byte ECDSA signature, right behind the hash (`esp_secure_boot.h`). */
const SIGNATURE_V1_SIZE = 68;
/** `secure_pad` of esptool leaves 12 bytes behind the signature, so that its end is a multiple of 16. */
const SIGNATURE_V1_PADDED_SIZE = 80;
/** Secure Boot V2: one sector at the next sector boundary; its blocks begin with E7 and the scheme, 2 RSA or 3 ECDSA. */
const SECTOR = 0x1000;
const SIGNATURE_V2_MAGIC = 0xe7;

/** `limit` is where the file or the slot ends, in bytes from the start of the file. */
export const readTrailing = (bytes: Uint8Array, image: EspImage, limit: number): Trailing => {
  const offset = image.offset + image.size;
  const rest = bytes.subarray(offset, Math.max(offset, limit));
  const toSector = -image.size & (SECTOR - 1);
  const found = (content: Trailing["content"], signedSize = 0): Trailing => ({
    offset,
    size: rest.length,
    content,
    signedEnd: offset + signedSize,
  });
  if (rest.length === 0) return found("nothing");
  if (isSignatureV2(rest, toSector)) return found("signature-v2", toSector + SECTOR);
  if (isFilledWith(rest, 0xff) || isFilledWith(rest, 0)) return found("padding");
  if (isSignatureV1(rest)) return found("signature-v1", SIGNATURE_V1_SIZE);
  return found("other");
};

const isSignatureV2 = (rest: Uint8Array, toSector: number): boolean =>
  rest.length >= toSector + SECTOR &&
  u8(rest, toSector) === SIGNATURE_V2_MAGIC &&
  (u8(rest, toSector + 1) === 2 || u8(rest, toSector + 1) === 3) &&
  u8(rest, toSector + 3) === 0 &&
  isFilledWith(rest.subarray(0, toSector), 0xff);

const isSignatureV1 = (rest: Uint8Array): boolean =>
  rest.length >= SIGNATURE_V1_SIZE &&
  u32(rest, 0) === 0 &&
  u16(rest, 4) !== 0 &&
  (rest.length === SIGNATURE_V1_PADDED_SIZE || isFilledWith(rest.subarray(SIGNATURE_V1_SIZE), 0xff));
