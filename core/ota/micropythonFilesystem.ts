import type { ChosenBinary, Facts } from "../facts";
import { endOf, type PlacedEntry } from "../table/entry";
import { DATA, FAT, LITTLEFS, SPIFFS, TEE_OTADATA, UNDEFINED } from "../table/subtypes";
import type { PartitionTable } from "../table/table";
import { isAtLeast } from "./micropythonRelease";

/** Where MicroPython will look for its filesystem, and what it finds there. */
export type MicropythonFilesystem =
  /** A partition with the right label; its entry is missing while its place is unknown or its subtype another's. */
  | { readonly kind: "found"; readonly entry: PlacedEntry | undefined }
  /** Nothing has the right label, but this partition looks meant for it. */
  | { readonly kind: "mislabelled"; readonly entry: PlacedEntry }
  /** From v1.26 on: no row, so MicroPython takes everything from `offset` to the end of the chip. */
  | { readonly kind: "automatic"; readonly offset: number }
  /** Up to v1.11: 2 MB at 0x200000, whatever the table says. */
  | { readonly kind: "fixed" }
  | { readonly kind: "missing" };

/** Where releases up to v1.11 keep their files. */
export const FIXED_FILESYSTEM = { offset: 0x200000, end: 0x400000 } as const;

/** LittleFS keeps its root directory in a pair of sectors; MicroPython cannot format less. */
export const SMALLEST_FILESYSTEM = 0x2000;

/**
 * MicroPython finds its filesystem by label among the data partitions; the subtype does not matter.
 * Sources: `modules/flashbdev.py` (v1.12: `vfs`, v1.19: also `ffat`), `modules/inisetup.py` (formats `ffat` only
 * since v1.21), `boardctrl_startup` in main.c (v1.26: registers a missing `vfs`).
 */
export function micropythonFilesystem(
  table: PartitionTable,
  binary: ChosenBinary,
  { flashSize }: Facts,
): MicropythonFilesystem {
  if (hasFixedFilesystem(binary)) return { kind: "fixed" };
  const labels = isAtLeast(binary, [1, 21]) === false ? ["vfs"] : ["vfs", "ffat"];
  for (const label of labels) {
    const read = table.rows.find(({ name, type }) => name === label && (type ?? DATA) === DATA);
    if (!read) continue;
    const entry = table.entries.find(({ row }) => row === read.row);
    return { kind: "found", entry: entry && isFilesystem(entry) ? entry : undefined };
  }
  const end = Math.max(0, ...table.entries.map(endOf));
  if (isAtLeast(binary, [1, 26]) && (flashSize ?? Number.POSITIVE_INFINITY) - end >= SMALLEST_FILESYSTEM)
    return { kind: "automatic", offset: end };
  const entry = likeliest(table.entries.filter(isFilesystem));
  return entry ? { kind: "mislabelled", entry } : { kind: "missing" };
}

export const hasFixedFilesystem = (binary: ChosenBinary): boolean => isAtLeast(binary, [1, 12]) === false;

/** The one that almost has the name, else the largest. */
const likeliest = (entries: readonly PlacedEntry[]): PlacedEntry | undefined =>
  entries.find(({ name }) => isAlmostNamed(name)) ?? entries.toSorted((a, b) => b.size - a.size)[0];

const isAlmostNamed = (name: string): boolean => /^(vfs|ffat)$/i.test(name);

/** Whether files can lie in it: a filesystem by its subtype, or by its name where the subtype has no other use. */
export const isFilesystem = ({
  type,
  subtype = 0,
  name,
}: Pick<PlacedEntry, "type" | "subtype" | "name">): boolean =>
  type === DATA &&
  (isOneBySubtype(subtype) || (subtype >= UNDEFINED && subtype !== TEE_OTADATA && isAlmostNamed(name)));

const isOneBySubtype = (subtype: number): boolean => [FAT, SPIFFS, LITTLEFS].includes(subtype);
