import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { span, type TextEdit } from "../text/span";
import { safeComment } from "./arrayText";

/** Where a header comes from. No date, so that the same input gives the same bytes. */
export interface Provenance {
  /** File name of the CSV, without its folder: the folder differs from machine to machine. */
  readonly csvName: string;
  /** Text of the CSV; the hash is that of its UTF-8 form, as `sha256sum` prints it. */
  readonly csvText: string;
  readonly toolVersion: string;
}

const line = /Made by Crossflash \S+ from [^\r\n]+, SHA-256 [0-9a-f]{64}/;

/** One line for a comment. */
export const provenanceText = ({ csvName, csvText, toolVersion }: Provenance): string => {
  const hash = bytesToHex(sha256(new TextEncoder().encode(csvText)));
  return `Made by Crossflash ${toolVersion} from ${safeComment(csvName)}, SHA-256 ${hash}`;
};

/** Renews the line in a header that Crossflash made: it must not name a CSV that the bytes are not from. */
export function provenanceEdit(text: string, provenance: Provenance | undefined): TextEdit[] {
  const old = provenance && line.exec(text);
  if (!old) return [];
  return [{ span: span(old.index, old.index + old[0].length), newText: provenanceText(provenance) }];
}
