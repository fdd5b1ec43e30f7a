import { sha256 } from "@noble/hashes/sha2.js";
import { isFilledWith, toHex } from "../../image/bytes";
import type { Extent } from "../../migrate/solve/spaces";
import { SECTOR } from "./contents";
import { contentAt, type Flash, insist } from "./flash";
import { recall } from "./recall";

/** Whether all of it reads as FF. */
export function isBlankAt(flash: Flash, { offset, size }: Extent): boolean {
  insist(flash, offset, size);
  return pieces(flash, offset, size, (content, start, end) => {
    if (content === flash.store.blank) return true;
    return isFilledWith(content.bytes.subarray(start, end), 0xff);
  });
}

/** Whether two places hold the same bytes. */
export function isEqualAt(flash: Flash, a: number, b: number, size: number): boolean {
  insist(flash, a, size);
  insist(flash, b, size);
  if ((a - b) % SECTOR !== 0) return isEqualByBytes(flash, a, b, size);
  const shift = (b - a) / SECTOR;
  return pieces(flash, a, size, (content, start, end, sector) => {
    const other = contentAt(flash, sector + shift);
    if (content === other) return true;
    for (let at = start; at < end; at++) if (content.bytes[at] !== other.bytes[at]) return false;
    return true;
  });
}

function isEqualByBytes(flash: Flash, a: number, b: number, size: number): boolean {
  for (let at = 0; at < size; at++) if (byteAt(flash, a + at) !== byteAt(flash, b + at)) return false;
  return true;
}

const byteAt = (flash: Flash, at: number): number =>
  contentAt(flash, Math.floor(at / SECTOR)).bytes[at % SECTOR] ?? 0;

/** Whether `holds` of every piece of a place, sector by sector. */
function pieces(
  flash: Flash,
  offset: number,
  size: number,
  holds: (content: Flash["store"]["blank"], start: number, end: number, sector: number) => boolean,
): boolean {
  for (let at = offset; at < offset + size; ) {
    const sector = Math.floor(at / SECTOR);
    const start = at % SECTOR;
    const end = Math.min(SECTOR, start + offset + size - at);
    if (!holds(contentAt(flash, sector), start, end, sector)) return false;
    at += end - start;
  }
  return true;
}

/** 64 hexadecimal digits. Where the store knows files, what is none of them has a stand-in instead. */
export const sha256At = (flash: Flash, { offset, size }: Extent): string =>
  recall(flash, { offset, size }, "sha256", () => {
    const { files, standIn } = flash.store;
    if (files.length === 0) return hashAt(flash, { offset, size });
    const file = files.find(({ bytes }) => bytes.length === size && holdsAt(flash, offset, bytes));
    return file?.sha256 ?? standIn();
  });

function hashAt(flash: Flash, { offset, size }: Extent): string {
  const hash = sha256.create();
  pieces(flash, offset, size, ({ bytes }, start, end) => {
    hash.update(bytes.subarray(start, end));
    return true;
  });
  return toHex(hash.digest());
}

function holdsAt(flash: Flash, offset: number, wanted: Uint8Array): boolean {
  let at = 0;
  return pieces(flash, offset, wanted.length, ({ bytes }, start, end) => {
    for (let index = start; index < end; index++) if (bytes[index] !== wanted[at++]) return false;
    return true;
  });
}
