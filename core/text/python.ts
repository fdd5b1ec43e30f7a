/**
 * Text as Python sees it. `gen_esp32part.py` reads the CSV with `str.splitlines`, `str.strip` and `int(x, 0)`,
 * which differ from JavaScript's in the corners, and corners decide whether a table is refused.
 */

/** Where `str.splitlines` ends a line. */
export const lineEnds = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

const space = "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const isSpace = new RegExp(space);

/** The part of `text` between `from` and `to` that `str.strip` keeps, as offsets. */
export function stripped(text: string, from: number, to: number): { from: number; to: number } {
  let start = from;
  let end = to;
  while (start < end && isSpace.test(text.charAt(start))) start++;
  while (start < end && isSpace.test(text.charAt(end - 1))) end--;
  return { from: start, to: end };
}

export const strip = (text: string): string => {
  const { from, to } = stripped(text, 0, text.length);
  return text.slice(from, to);
};

const literal =
  /^([+-]?)(?:0x(_?[0-9a-f]+(?:_[0-9a-f]+)*)|0o(_?[0-7]+(?:_[0-7]+)*)|0b(_?[01]+(?:_[01]+)*)|(0+(?:_0+)*|[1-9][0-9]*(?:_[0-9]+)*))$/i;

/** What nearly everybody writes, and both languages read alike. */
const plain = /^(?:0x[0-9a-f]+|[1-9][0-9]*)$/i;

/**
 * Python's `int(text, 0)`: prefix, underscores, sign, any Unicode decimal digit; undefined where Python raises.
 * Beyond 2^53 the value is the nearest double, which is far outside what a table can hold anyway.
 */
export function parseIntLiteral(text: string): number | undefined {
  if (plain.test(text)) return Number(text);
  const ascii = strip(text.replace(/(?![0-9])\p{Nd}/gu, digitOf));
  const match = literal.exec(ascii);
  if (!match) return undefined;
  const [, sign, hex, octal, binary, decimal] = match;
  const digits = (hex ?? octal ?? binary ?? decimal ?? "").replaceAll("_", "");
  const prefix = hex ? "0x" : octal ? "0o" : binary ? "0b" : "";
  const value = Number(prefix + digits);
  return sign === "-" && value !== 0 ? -value : value;
}

/** Decimal digits stand in runs of ten, which begin at a code point that ends in 0 or 6 (mathematical ones apart). */
function digitOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (0x1d7ce <= code && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
  const low = code & 15;
  const startsAtZero = /\p{Nd}/u.test(String.fromCodePoint(code - low));
  return String(startsAtZero ? low : low - 6);
}
