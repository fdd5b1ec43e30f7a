import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../image/bytes";
import { withoutTable } from "./header";
import { HEADER } from "./scaffold";

/** By which a project knows what was generated: its files and their hashes. It belongs into git. */
export const RECORD = ".crossflash-scaffold.json";

/** The hash of every generated file, by its path. */
export type ScaffoldRecord = ReadonlyMap<string, string>;

/** The files in the order of their paths, so that a change of one is a change of one line. */
export const recordText = (hashes: ScaffoldRecord): string =>
  `${JSON.stringify(
    {
      about:
        "Files that 'crossflash scaffold' has made, by SHA-256: it replaces them as long as nobody else changes them.",
      files: Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    undefined,
    2,
  )}\n`;

/** Any text; a record that cannot be read knows of no file, so that nothing is replaced without being asked. */
export function parseRecord(text: string | undefined): ScaffoldRecord {
  const hashes = filesIn(text ?? "");
  return new Map(
    Object.entries(hashes).flatMap(([path, hash]) =>
      typeof hash === "string" ? [[path, hash] as const] : [],
    ),
  );
}

function filesIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    const files = typeof value === "object" && value !== null && "files" in value ? value.files : undefined;
    return typeof files === "object" && files !== null ? files : {};
  } catch {
    return {};
  }
}

/** Line ends do not count, for git may change them; nor does in the header what an export of the table changes. */
export function hashOf(path: string, text: string): string {
  const lines = text.replaceAll("\r\n", "\n");
  return toHex(sha256(new TextEncoder().encode(path === HEADER ? withoutTable(lines) : lines)));
}
