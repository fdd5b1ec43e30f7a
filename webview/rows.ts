import type { EditOptions, LayoutRow, Place } from "../core/edit/intent";
import { placeRows } from "../core/table/table";

/** The key of a row's region, as the scene makes it. */
export const keyOfRow = (row: number): string => `row-${row}`;

/** The row of a key; undefined for what is no partition. */
export function rowOfKey(key: string | null): number | undefined {
  const digits = key?.match(/^row-(\d+)$/)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Numbers rows by their positions, as the host does once the text is changed. */
export const numbered = (rows: readonly LayoutRow[]): LayoutRow[] =>
  rows.map((row, index) => (row.row === index ? row : { ...row, row: index }));

/** Whether all rows say the same of kinds and places: names and flags move nothing. */
export const isSameShape = (a: readonly LayoutRow[], b: readonly LayoutRow[]): boolean =>
  a === b || (a.length === b.length && a.every((row, index) => isSameRow(row, b[index])));

/** Whether the rows differ only in one. */
export const isSameBut = (a: readonly LayoutRow[], b: readonly LayoutRow[], except: number): boolean =>
  a.length === b.length && a.every((row, index) => index === except || isSameRow(row, b[index]));

const isSameRow = (a: LayoutRow, b: LayoutRow | undefined): boolean =>
  a.type === b?.type &&
  a.subtype === b?.subtype &&
  a.offset === b?.offset &&
  a.size === b?.size &&
  a.blankOffset === b?.blankOffset;

/** Where a row's partition lies; undefined where it has no place. */
export const placeOf = (rows: readonly LayoutRow[], options: EditOptions, row: number): Place | undefined =>
  placeRows(rows, options).find((entry) => entry.row === row);
