import { createHash } from "node:crypto";

const ERASED = new Uint8Array(0x10000).fill(0xff);
/** Blank flash has few sizes: whole partitions, and groups of sectors. */
const known = new Map<number, string>();

/** 32 hex digits, as the board calculates them. */
export const md5Of = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

/** MD5 of so many bytes of FF. */
export function blankMd5(size: number): string {
  const md5 = known.get(size) ?? md5OfErased(size);
  known.set(size, md5);
  return md5;
}

function md5OfErased(size: number): string {
  const hash = createHash("md5");
  for (let left = size; left > 0; left -= ERASED.length) hash.update(ERASED.subarray(0, left));
  return hash.digest("hex");
}
