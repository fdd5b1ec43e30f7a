import { failure, type Result, success } from "../result";

/** The byte order marks that `gen_esp32part.py` (v5.5) knows, in the order in which it tries them. */
const encodings = [
  { mark: [0xef, 0xbb, 0xbf], name: "utf-8" },
  { mark: [0xff, 0xfe], name: "utf-16le" },
  { mark: [0xfe, 0xff], name: "utf-16be" },
  { mark: [0x00, 0x00, 0xfe, 0xff], name: "utf-32be" },
] as const;

/** Decodes the bytes of a text file by its byte order mark, else as UTF-8. The mark is not part of the text. */
export function decodeText(bytes: Uint8Array): Result<string, "not-text"> {
  const found = encodings.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte));
  const name = found?.name ?? "utf-8";
  const body = bytes.subarray(found?.mark.length ?? 0);
  try {
    return success(
      name === "utf-32be"
        ? decodeUtf32(body)
        : new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(body),
    );
  } catch {
    return failure("not-text", 0, `The file is not ${name.toUpperCase()} text.`);
  }
}

function decodeUtf32(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  // Reading past the end or a code point that does not exist throws, like the fatal decoders.
  for (let at = 0; at < bytes.length; at += 4) text += String.fromCodePoint(view.getUint32(at));
  return text;
}
