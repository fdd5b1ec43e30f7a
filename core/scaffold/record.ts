import { parseIdfVersion } from "../compat/idfVersion";
import { sha256Hex } from "../image/sha256Hex";
import { withoutTable } from "./header";
import { HEADER } from "./scaffold";

/** By which a project knows what was generated: its files and their hashes. It belongs into git. */
export const RECORD = ".crossflash-scaffold.json";

/** The hash of every generated file, by its path. */
export type ScaffoldRecord = ReadonlyMap<string, string>;

/** The files in the order of their paths, so that a change of one is a change of one line. */
export const recordText = (hashes: ScaffoldRecord, idf: string | undefined): string =>
  `${JSON.stringify(
    {
      about:
        "Files that 'crossflash scaffold' has made, by SHA-256: it replaces them as long as nobody else changes them.",
      ...(idf === undefined ? {} : { idf }),
      files: Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    undefined,
    2,
  )}\n`;

/** Any text; a record that cannot be read knows of no file, so that nothing is replaced without being asked. */
export function parseRecord(text: string | undefined): ScaffoldRecord {
  const { files: hashes } = valuesIn(text);
  return new Map(
    Object.entries(hashes).flatMap(([path, hash]) =>
      typeof hash === "string" ? [[path, hash] as const] : [],
    ),
  );
}

/** The ESP-IDF that somebody asked for when the project was made; undefined where it followed from the bootloader. */
export function recordedIdf(text: string | undefined): string | undefined {
  const { idf } = valuesIn(text);
  return typeof idf === "string" && parseIdfVersion(idf) ? idf : undefined;
}

function valuesIn(text = ""): { readonly files: object; readonly idf: unknown } {
  const values = objectOf(readJson(text));
  return {
    files: "files" in values ? objectOf(values.files) : {},
    idf: "idf" in values ? values.idf : undefined,
  };
}

const objectOf = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Line ends do not count, for git may change them; nor does in the header what an export of the table changes. */
export function hashOf(path: string, text: string): string {
  const lines = text.replaceAll("\r\n", "\n");
  return sha256Hex(new TextEncoder().encode(path === HEADER ? withoutTable(lines) : lines));
}
