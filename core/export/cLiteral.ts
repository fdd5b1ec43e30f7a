import type { CToken } from "./cSource";

/** An integer literal as it is written: `0x002D0000UL` has base 16, width 8 and the suffix `UL`. */
export interface IntegerLiteral {
  readonly value: number;
  readonly base: 2 | 8 | 10 | 16;
  /** `0x`, `0X`, `0b`, `0`, or nothing. */
  readonly prefix: string;
  readonly digits: string;
  readonly suffix: string;
}

const integer = /^(0[xX](?=[0-9a-fA-F])|0[bB](?=[01])|0(?=[0-7]))?([0-9a-fA-F]+)([uUlL]{0,3})$/;
const bases: Readonly<Record<string, IntegerLiteral["base"]>> = { "0x": 16, "0b": 2, "0": 8 };
const digitsOfBase = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^(?:0|[1-9][0-9]*)$/, 16: /^[0-9a-fA-F]+$/ };

/** Reads a C integer literal; undefined for anything else, such as a floating point number or 08. */
export function parseInteger(text: string): IntegerLiteral | undefined {
  const [, prefix = "", digits = "", suffix = ""] = integer.exec(text) ?? [];
  const base = bases[prefix.toLowerCase()] ?? 10;
  return digitsOfBase[base].test(digits)
    ? { value: Number.parseInt(digits, base), base, prefix, digits, suffix }
    : undefined;
}

/** Another value in the same style: base, prefix, case of the digits, leading zeros and suffix stay. */
export function printLike({ base, prefix, digits, suffix }: IntegerLiteral, value: number): string {
  const plain = value.toString(base);
  const cased = /[A-F]/.test(digits) ? plain.toUpperCase() : plain;
  const padded = base !== 10 && digits.startsWith("0") ? cased.padStart(digits.length, "0") : cased;
  return prefix + padded + suffix;
}

const escapes: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  "\\": 92,
  "'": 39,
  '"': 34,
  "?": 63,
};

/** The value of a character constant of one byte: `'a'`, `'\n'`, `'\xaa'`, `'\252'`. */
export function parseCharacter(text: string): number | undefined {
  const match = /^'(?:([^\\'\u0080-\uffff])|\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})|\\([^x0-7]))'$/.exec(text);
  const [, plain, hexDigits, octalDigits, escaped] = match ?? [];
  if (plain !== undefined) return plain.charCodeAt(0);
  if (hexDigits !== undefined) return Number.parseInt(hexDigits, 16);
  if (octalDigits !== undefined) return Number.parseInt(octalDigits, 8);
  return escaped === undefined ? undefined : escapes[escaped];
}

/**
 * The byte that an element of a `char` array holds: an integer or a character, with a minus sign, parentheses and
 * casts around it as far as they cannot change the byte. Undefined for everything else.
 */
export function byteOfElement(tokens: readonly CToken[]): number | undefined {
  let rest = tokens;
  while (isMark(rest[0], "(") && rest.length > 1) {
    const close = rest.findIndex((token) => isMark(token, ")"));
    if (close === -1) return undefined;
    const inside = rest.slice(1, close);
    if (close === rest.length - 1) rest = inside;
    else if (inside.length > 0 && inside.every(isTypeName)) rest = rest.slice(close + 1);
    else return undefined;
  }
  const negative = isMark(rest[0], "-");
  const [literal, ...behind] = negative ? rest.slice(1) : rest;
  const value = literal && behind.length === 0 ? literalValue(literal) : undefined;
  if (value === undefined || value > (negative ? 128 : 255)) return undefined;
  return (negative ? -value : value) & 0xff;
}

export const isMark = (token: CToken | undefined, mark: string): boolean =>
  token?.kind === "mark" && token.text === mark;

/** The one number that a macro or an array bound consists of, with the parentheses around it taken off. */
export function soleNumber(
  tokens: readonly CToken[],
): { readonly token: CToken; readonly literal: IntegerLiteral } | undefined {
  let [from, to] = [0, tokens.length];
  while (to - from > 2 && isMark(tokens[from], "(") && isMark(tokens[to - 1], ")"))
    [from, to] = [from + 1, to - 1];
  const token = to - from === 1 ? tokens[from] : undefined;
  const literal = token?.kind === "number" ? parseInteger(token.text) : undefined;
  return token && literal ? { token, literal } : undefined;
}

const isTypeName = ({ kind, text }: CToken): boolean =>
  kind === "name" && /^(?:const|signed|unsigned|char|u?int8_t|uint8|byte)$/.test(text);

function literalValue({ kind, text }: CToken): number | undefined {
  return kind === "char" ? parseCharacter(text) : kind === "number" ? parseInteger(text)?.value : undefined;
}
