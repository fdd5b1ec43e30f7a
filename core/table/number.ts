import { parseIntLiteral } from "../text/python";

/** A number, or what was left when no number could be read: the text the tool's message names. */
export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly rest: string };

/**
 * `parse_int` of `gen_esp32part.py`: an integer with any run of `k`/`m` suffixes (1024, 1048576), or, where the
 * column has them, a keyword. Suffixes are cut first, also from keywords, so a keyword that ends in k or m never matches.
 */
export function parseNumber(text: string, wordValue?: (word: string) => number | undefined): ParsedNumber {
  let end = text.length;
  let unit = 1;
  for (let factor = factorAt(text, end); factor !== undefined; factor = factorAt(text, end)) {
    unit = Math.min(unit * factor, LARGEST);
    end--;
  }
  const rest = text.slice(0, end);
  const value = parseIntLiteral(rest) ?? wordValue?.(rest.toLowerCase());
  return value === undefined ? { ok: false, rest } : { ok: true, value: limited(value * unit) };
}

/** Far outside what a table can hold; numbers beyond stand for this one, so that sums of them stay numbers. */
const LARGEST = 2 ** 64;

const limited = (value: number): number => Math.min(Math.max(value, -LARGEST), LARGEST);

/** The third is the Kelvin sign, which Python lower-cases to `k`. */
const factors: Readonly<Record<string, number>> = {
  k: 1024,
  K: 1024,
  "\u212a": 1024,
  m: 1_048_576,
  M: 1_048_576,
};

const factorAt = (text: string, end: number): number | undefined => factors[text.charAt(end - 1)];
