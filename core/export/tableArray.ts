import { type Result, success } from "../result";
import { MAX_TEXT } from "../table/limits";
import { TABLE_SECTOR } from "../table/options";
import { type Span, span } from "../text/span";
import {
  type ArrayFault,
  directiveInside,
  localArray,
  noArray,
  notBytes,
  notNumbers,
  textTooLarge,
  tooLong,
  twoArrays,
  unbalanced,
} from "./arrayFaults";
import { byteOfElement, type IntegerLiteral, isMark, soleNumber } from "./cLiteral";
import { compiledTokens } from "./conditions";
import type { CToken } from "./cSource";
import { isByteType } from "./elementType";
import { fileScope } from "./fileScope";

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

/** More tokens than a byte with its casts, or a bound, has; what is longer is refused without being kept. */
const MAX_TOKENS = 12;

/**
 * Finds the one definition of the array that a file has; declarations without an initialiser, uses of the name and local
 * arrays are passed over.
 */
export function findTableArray(text: string, name = TABLE_ARRAY): Result<TableArray, ArrayFault> {
  if (text.length > MAX_TEXT) return textTooLarge();
  const source = readerOf(compiledTokens(text));
  const scope = fileScope();
  let found: FoundArray | undefined;
  let local: CToken | undefined;
  for (let token = source.next(); token; token = source.next()) {
    const declared = token.text === name ? readDeclaration(source, text) : undefined;
    const words = declared && scope.declaration();
    if (declared && words) {
      if (found) return twoArrays(text, name, found.at, token.start);
      if (!isByteType(words, scope.typeNames)) return notBytes(text, name, words, token);
      const array = readInitialiser(source, text, name, declared);
      if (!array.ok) return array;
      found = { array: array.value, at: token.start };
    } else if (declared) local ??= token;
    scope.see(token);
  }
  if (found) return success(found.array);
  return local ? localArray(text, name, local) : noArray(name);
}

interface FoundArray {
  readonly array: TableArray;
  readonly at: number;
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
    if (token.kind === "directive") return directiveInside(text, name, token);
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
  return unbalanced(text, name, open);
}
