/** Little-endian reads and searches in bytes that may be anything. Reading past the end gives 0, never an exception. */

export const u8 = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

export const u16 = (bytes: Uint8Array, at: number): number => u8(bytes, at) | (u8(bytes, at + 1) << 8);

export const u32 = (bytes: Uint8Array, at: number): number =>
  (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index]);

export const isFilledWith = (bytes: Uint8Array, value: number): boolean => {
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== value) return false;
  return true;
};

export const isPrintable = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x20 && byte < 0x7f;

/** ASCII only: what is searched for is our own. */
export const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** The printable ASCII from `at` on, at most `limit` characters. */
export const printableAt = (bytes: Uint8Array, at: number, limit: number): string => {
  let end = at;
  while (end < at + limit && isPrintable(bytes[end])) end++;
  return String.fromCharCode(...bytes.subarray(at, end));
};

/** A C string in a field of fixed size: up to its NUL, or the whole field; bytes that are no text are left out. */
export const fieldText = (bytes: Uint8Array, at: number, size: number): string => {
  const field = bytes.subarray(at, at + size);
  const nul = field.indexOf(0);
  return String.fromCharCode(...field.subarray(0, nul < 0 ? size : nul).filter(isPrintable));
};

/** Where `wanted` begins, from `from` on, or -1. The engine's own search finds the first byte, so this runs at memory speed. */
export const indexOfBytes = (bytes: Uint8Array, wanted: Uint8Array, from = 0): number => {
  const first = u8(wanted, 0);
  let at = bytes.indexOf(first, from);
  while (at >= 0 && !matchesAt(bytes, wanted, at)) at = bytes.indexOf(first, at + 1);
  return at;
};

const matchesAt = (bytes: Uint8Array, wanted: Uint8Array, at: number): boolean => {
  for (let index = 1; index < wanted.length; index++) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
};
