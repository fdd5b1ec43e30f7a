import { cellOf } from "../table/csv";
import type { ReadRow } from "../table/read";
import { type ExtraSubtype, type Keyword, partitionTypes, subtypesOf } from "../table/subtypes";

/** A word of a column, with its number and its explanation. */
export type Word = Keyword;

/** The words of the Flags column; `value` is the bit in the binary table. */
export const flagWords: readonly Word[] = [
  {
    name: "encrypted",
    value: 1,
    doc: "Encrypted where the device has flash encryption enabled; plain otherwise.",
  },
  {
    name: "readonly",
    value: 2,
    since: "v5.2",
    doc: "The application cannot write to it. otadata and coredump can never be read-only.",
  },
];

/** The word that the cell holds, also where the user wrote its number. */
export function wordOf(
  read: ReadRow,
  column: "type" | "subtype",
  extra: readonly ExtraSubtype[],
): Word | undefined {
  const value = read[column];
  if (value === undefined || cellOf(read.row, column).text === "") return undefined;
  return wordsOf(read.type, column, extra).find((word) => word.value === value);
}

/** What may stand in the column, given the row's type. */
function wordsOf(
  type: number | undefined,
  column: "type" | "subtype",
  extra: readonly ExtraSubtype[],
): readonly Word[] {
  if (column === "type") return partitionTypes;
  return type === undefined ? [] : subtypesOf(type, extra);
}

/** The sentence about a word, with the release from which on ESP-IDF knows it. */
export const wordText = ({ doc, since }: Word): string =>
  since ? `${doc} Known to ESP-IDF ${since} and newer.` : doc;
