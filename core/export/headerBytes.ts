/**
 * A header file as text with one character for each byte. What the export looks for and writes is ASCII, so comments in
 * any encoding, and a byte order mark, come through byte for byte.
 */
export function headerText(bytes: Uint8Array): string {
  const parts: string[] = [];
  const CHUNK = 0x8000;
  for (let at = 0; at < bytes.length; at += CHUNK)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return parts.join("");
}

/** The way back. Characters beyond a byte cannot occur in what `headerText` gave. */
export const headerBytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
