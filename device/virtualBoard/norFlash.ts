import { createHash } from "node:crypto";

/** What NOR flash allows: bits are cleared by writing and set only by erasing whole sectors or blocks. */
export const SECTOR_SIZE = 0x1000;
export const BLOCK_SIZE = 0x10000;
const ERASED = 0xff;

const inside = (flash: Uint8Array, offset: number, size: number): boolean =>
  offset >= 0 && size >= 0 && offset + size <= flash.length;

/** A copy, or undefined where it would go beyond the end of the flash. */
export const readFlash = (flash: Uint8Array, offset: number, size: number): Uint8Array | undefined =>
  inside(flash, offset, size) ? flash.slice(offset, offset + size) : undefined;

/** Clears the bits that are 0 in `data`; false, and nothing written, where it would go beyond the end. */
export const programFlash = (flash: Uint8Array, offset: number, data: Uint8Array): boolean => {
  if (!inside(flash, offset, data.length)) return false;
  for (let index = 0; index < data.length; index++) {
    const at = offset + index;
    flash[at] = (flash[at] ?? 0) & (data[index] ?? 0);
  }
  return true;
};

/** Erases whole units; false, and nothing erased, where the place is no multiple of them or beyond the end. */
export const eraseFlash = (flash: Uint8Array, offset: number, size: number, unit = SECTOR_SIZE): boolean => {
  if (offset % unit !== 0 || size % unit !== 0 || !inside(flash, offset, size)) return false;
  flash.fill(ERASED, offset, offset + size);
  return true;
};

/** The 16 bytes, or undefined where the region goes beyond the end. */
export const flashMd5 = (flash: Uint8Array, offset: number, size: number): Uint8Array | undefined =>
  inside(flash, offset, size)
    ? Uint8Array.from(
        createHash("md5")
          .update(flash.subarray(offset, offset + size))
          .digest(),
      )
    : undefined;

/** Puts any bytes there, as no operation does; false, and nothing put, where it would go beyond the end. */
export const overwriteFlash = (flash: Uint8Array, offset: number, bytes: Uint8Array): boolean => {
  if (!inside(flash, offset, bytes.length)) return false;
  flash.set(bytes, offset);
  return true;
};
