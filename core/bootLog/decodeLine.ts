import { appLines } from "./appLines";
import { imageLines } from "./imageLines";
import type { KnownLine, Meaning } from "./meaning";
import { resetLines } from "./resetReasons";
import { romLines } from "./romLines";
import { tableLines } from "./tableLines";

export type { Meaning, Severity } from "./meaning";

export type DecodedLine = { readonly kind: "plain" } | ({ readonly kind: "explained" } & Meaning);

/** Every line that is known; the first one that fits counts. */
export const knownLines: readonly KnownLine[] = [
  ...resetLines,
  ...romLines,
  ...tableLines,
  ...imageLines,
  ...appLines,
];

/** Longer than any line that is known; the rest is not looked at. */
const LONGEST_LINE = 1000;

/** The colours that ESP-IDF gives to its log. */
const COLOUR = /\u001b\[[0-9;]*m/g;

/** What a line of a boot log means, for any line that a board may print. */
export const decodeLine = (line: string): DecodedLine => {
  const text = line.slice(0, LONGEST_LINE).replace(COLOUR, "");
  for (const { words, meaning } of knownLines) {
    const match = words.exec(text);
    if (match) return { kind: "explained", ...(typeof meaning === "function" ? meaning(match) : meaning) };
  }
  return { kind: "plain" };
};
