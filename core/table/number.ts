import { parseIntLiteral } from "../text/python";

/** A number, or what was left when no number could be read: the text the tool's message names. */
export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly rest: string };

/**
 * `parse_int` of `gen_esp32part.py`: an integer with any run of `k`/`m` suffixes (1024, 1048576), or, where the
 * column has them, a keyword. Suffixes are cut first, also from keywords, so a keyword that ends in k or m never matches.
 */
export function parseNumber(text: string, keywords?: ReadonlyMap<string, number>): ParsedNumber {
  const suffix = /[kKmM\u212a]$/.exec(text)?.[0].toLowerCase();
  if (suffix) {
    const inner = parseNumber(text.slice(0, -1), keywords);
    return inner.ok ? { ok: true, value: inner.value * (suffix === "k" ? 1024 : 1_048_576) } : inner;
  }
  const value = parseIntLiteral(text) ?? keywords?.get(text.toLowerCase());
  return value === undefined ? { ok: false, rest: text } : { ok: true, value };
}
