import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { isInside, type Span, span, type TextEdit } from "../text/span";
import { safeComment } from "./arrayText";
import { cPieces } from "./cSource";

/** Where a header comes from. No date, so that the same input gives the same bytes. */
export interface Provenance {
  /** File name of the CSV, without its folder: the folder differs from machine to machine. */
  readonly csvName: string;
  /** Text of the CSV; the hash is that of its UTF-8 form, as `sha256sum` prints it. */
  readonly csvText: string;
  readonly toolVersion: string;
}

/** The longest version and file name there can be are given: a comment may be a megabyte of beginnings. */
const line = /Made by Crossflash \S{1,60} from [^\r\n]{1,255}, SHA-256 [0-9a-f]{64}/;

/** One line for a comment. */
export const provenanceText = ({ csvName, csvText, toolVersion }: Provenance): string => {
  const hash = bytesToHex(sha256(new TextEncoder().encode(csvText)));
  return `Made by Crossflash ${toolVersion} from ${safeComment(csvName)}, SHA-256 ${hash}`;
};

/**
 * Renews the line in a header that Crossflash made: it must not name a CSV that the bytes are not from. It is a comment;
 * one between the braces goes with the rows it stands among.
 */
export function provenanceEdit(text: string, braces: Span, provenance: Provenance | undefined): TextEdit[] {
  if (!provenance) return [];
  for (const { kind, start, text: comment } of cPieces(text)) {
    const old = kind === "comment" && !isInside(start, braces) ? line.exec(comment) : null;
    if (!old) continue;
    const at = start + old.index;
    return [{ span: span(at, at + old[0].length), newText: provenanceText(provenance) }];
  }
  return [];
}
