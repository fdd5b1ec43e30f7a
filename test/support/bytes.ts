/** Bytes for fixtures: little-endian, as the chips have them. */

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
export const zeros = (size: number): Uint8Array => new Uint8Array(size);
export const blank = (size: number): Uint8Array => new Uint8Array(size).fill(0xff);
export const padTo = (bytes: Uint8Array, size: number): Uint8Array =>
  concat([bytes, blank(size - bytes.length)]);

/** Each at a multiple of 4, as the linker puts them. */
export const cStrings = (texts: readonly string[]): Uint8Array =>
  concat(texts.map((text) => concat([ascii(text), zeros(4 - (text.length % 4))])));

export const words = (...values: readonly number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [value, value >>> 8, value >>> 16, value >>> 24]));

export const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = zeros(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Bytes that look like code to a compressor and are the same in every run (xorshift32). */
export const pattern = (size: number, seed: number): Uint8Array => {
  const bytes = zeros(size);
  let state = seed * 0x9e3779b9 || 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
};
