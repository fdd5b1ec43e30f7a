import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** Puts right the sums of whatever looks like an image or a table at the start of a sector. */
export function sealImages(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += 0x1000) {
    if (bytes[at] === 0xe9) sealImage(bytes.subarray(at));
    if (bytes[at] === 0xaa) sealTable(bytes.subarray(at, at + 0xc00));
  }
}

function sealImage(image: Uint8Array): void {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  let at = 24;
  let sum = 0xef;
  for (let left = Math.min(image[1] ?? 0, 16); left > 0; left--) {
    if (at + 8 > image.length) return;
    const end = at + 8 + view.getUint32(at + 4, true);
    if (end > image.length) return;
    for (at += 8; at < end; at++) sum ^= image[at] ?? 0;
  }
  const end = (at + 16) & ~15;
  if (end > image.length) return;
  image[end - 1] = sum;
  if (image[23] === 1 && end + 32 <= image.length) image.set(sha256(image.subarray(0, end)), end);
}

function sealTable(table: Uint8Array): void {
  for (let at = 32; at + 32 <= table.length; at += 32)
    if (table[at] === 0xeb && table[at + 1] === 0xeb) table.set(md5(table.subarray(0, at)), at + 16);
}
