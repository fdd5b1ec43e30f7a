import { MAX_TEXT } from "../analyse";
import { failure, type Result, success } from "../result";
import { TABLE_SECTOR } from "../table/options";
import { type Span, span } from "../text/span";
import { hex } from "../text/units";
import { byteOfElement, type IntegerLiteral, isMark, soleNumber } from "./cLiteral";
import { compiledTokens } from "./conditions";
import { type CToken, lineOf } from "./cSource";

/** The name of the array in the published repartitioner. */
export const TABLE_ARRAY = "final_table";

/** The definition of a byte array in a C header. Spans are UTF-16 offsets of the text. */
export interface TableArray {
  /** The initialiser, both braces included. */
  readonly braces: Span;
  /** The elements as bytes, as many as are written. */
  readonly elements: Uint8Array;
  readonly bound: ArrayBound;
}

/** What stands between the brackets: nothing, one number, or something that only a compiler can tell. */
export type ArrayBound =
  | { readonly kind: "none" }
  | { readonly kind: "number"; readonly span: Span; readonly literal: IntegerLiteral }
  | { readonly kind: "expression"; readonly span: Span; readonly text: string };

/**
 * `too-large`: the text is longer than a header can be, or the array than the table's sector. `not-numbers`: an element,
 * named by `at`, is no integer or character constant of one byte. `unbalanced`: the text ends before the array does.
 */
export type ArrayFault = "no-array" | "two-arrays" | "not-numbers" | "unbalanced" | "too-large";

/** More tokens than a byte with its casts, or a bound, has; what is longer is refused without being kept. */
const MAX_TOKENS = 12;

/** Finds the one definition of the array; declarations without an initialiser and uses of the name are passed over. */
export function findTableArray(text: string, name = TABLE_ARRAY): Result<TableArray, ArrayFault> {
  if (text.length > MAX_TEXT)
    return failure(
      "too-large",
      MAX_TEXT,
      "The file is larger than 1 MB, so it is no header with a partition table.",
    );
  const source = readerOf(compiledTokens(text));
  let found: { readonly array: TableArray; readonly at: number } | undefined;
  for (let token = source.next(); token; token = source.next()) {
    if (token.kind !== "name" || token.text !== name) continue;
    const declared = readDeclaration(source, text);
    if (!declared) continue;
    if (found) return twoArrays(text, name, found.at, token.start);
    const array = readInitialiser(source, text, name, declared);
    if (!array.ok) return array;
    found = { array: array.value, at: token.start };
  }
  return found ? success(found.array) : noArray(name);
}

/**
 * The bytes that the array has in the compiled program, for Import Partition Table and `crossflash decode`: elements
 * beyond a written bound are dropped and missing ones are zero, as in C. At most 0x1000 bytes.
 */
export function decodeHeader(text: string, name = TABLE_ARRAY): Result<Uint8Array, ArrayFault> {
  const array = findTableArray(text, name);
  return array.ok ? success(compiledBytes(array.value)) : array;
}

export function compiledBytes({ elements, bound }: TableArray): Uint8Array {
  if (bound.kind !== "number") return elements;
  const bytes = new Uint8Array(Math.min(bound.literal.value, TABLE_SECTOR));
  bytes.set(elements.subarray(0, bytes.length));
  return bytes;
}

interface TokenReader {
  readonly peek: () => CToken | undefined;
  readonly next: () => CToken | undefined;
}

function readerOf(tokens: Generator<CToken>): TokenReader {
  const take = (): CToken | undefined => tokens.next().value ?? undefined;
  let ahead = take();
  return {
    peek: () => ahead,
    next: () => {
      const token = ahead;
      ahead = token && take();
      return token;
    },
  };
}

interface Declared {
  readonly open: CToken;
  readonly bound: ArrayBound;
}

/** Reads `[…] attributes = {` behind the name; undefined, with the reader where it stopped, for anything else. */
function readDeclaration(source: TokenReader, text: string): Declared | undefined {
  if (!isMark(source.peek(), "[")) return undefined;
  const bound = readBound(source, text);
  let depth = 0;
  for (let token = source.peek(); token && (depth > 0 || isAttribute(token)); token = source.peek()) {
    depth += isMark(token, "(") ? 1 : isMark(token, ")") ? -1 : 0;
    source.next();
  }
  if (isMark(source.peek(), "=")) source.next();
  const open = source.peek();
  return bound && open && isMark(open, "{") ? { open, bound } : undefined;
}

/** Words such as PROGMEM or `__attribute__`, and the parentheses of their arguments. */
const isAttribute = (token: CToken): boolean => token.kind === "name" || isMark(token, "(");

function readBound(source: TokenReader, text: string): ArrayBound | undefined {
  source.next();
  const inside: CToken[] = [];
  let end = source.peek();
  for (; end && !/^[\];{}]$/.test(end.text); end = source.peek()) {
    if (inside.length < MAX_TOKENS) inside.push(end);
    source.next();
  }
  if (!isMark(end, "]")) return undefined;
  source.next();
  const [first, last] = [inside[0], inside.at(-1)];
  if (!first || !last) return { kind: "none" };
  const number = soleNumber(inside);
  return number
    ? { kind: "number", span: span(number.token.start, number.token.end), literal: number.literal }
    : { kind: "expression", span: span(first.start, last.end), text: text.slice(first.start, last.end) };
}

function readInitialiser(
  source: TokenReader,
  text: string,
  name: string,
  { open, bound }: Declared,
): Result<TableArray, ArrayFault> {
  const bytes: number[] = [];
  let element: CToken[] = [];
  source.next();
  for (let token = source.next(); token; token = source.next()) {
    const closes = isMark(token, "}");
    if (!closes && !isMark(token, ",")) {
      if (element.length <= MAX_TOKENS) element.push(token);
      continue;
    }
    if (element.length > 0 || !closes) {
      const byte = element.length <= MAX_TOKENS ? byteOfElement(element) : undefined;
      if (byte === undefined) return notNumbers(text, name, element[0] ?? token);
      if (bytes.push(byte) > TABLE_SECTOR) return tooLong(text, name, token);
    }
    if (closes)
      return success({ braces: span(open.start, token.end), elements: Uint8Array.from(bytes), bound });
    element = [];
  }
  return failure(
    "unbalanced",
    open.start,
    `The array '${name}' that begins in line ${lineOf(text, open.start)} has no closing brace.`,
  );
}

const noArray = (name: string) =>
  failure(
    "no-array",
    0,
    `The header defines no array '${name}' with its bytes in braces, as in: static const char ${name}[] = { 0xaa, 0x50, … };`,
  );

const twoArrays = (text: string, name: string, first: number, second: number) =>
  failure(
    "two-arrays",
    second,
    `The header defines '${name}' twice, in line ${lineOf(text, first)} and in line ${lineOf(text, second)}. Remove the one that is not used.`,
  );

const notNumbers = (text: string, name: string, { start, end }: CToken) =>
  failure(
    "not-numbers",
    start,
    `Line ${lineOf(text, start)}: '${text.slice(start, Math.min(end, start + 40))}' in the array '${name}' is not the number of a byte, such as 0xaa. Write every element as a number from 0 to 255.`,
  );

const tooLong = (text: string, name: string, { start }: CToken) =>
  failure(
    "too-large",
    start,
    `The array '${name}' has more than ${hex(TABLE_SECTOR)} elements (line ${lineOf(text, start)}), but a partition table is one flash sector of ${hex(TABLE_SECTOR)} bytes.`,
  );
