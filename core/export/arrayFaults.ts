import { failure } from "../result";
import { MAX_TEXT } from "../table/limits";
import { TABLE_SECTOR } from "../table/options";
import { hex } from "../text/units";
import { type CToken, lineOf } from "./cSource";

/**
 * `too-large`: the text is longer than a header can be, or the array than the table's sector. `not-bytes`: the type of
 * the array is not known to be one of a byte. `local-array`: the array belongs to a function or a type. `not-numbers`: an
 * element, named by `at`, is no integer or character constant of one byte. `directive`: the preprocessor decides which
 * elements there are. `unbalanced`: the text ends before the array does.
 */
export type ArrayFault =
  | "no-array"
  | "two-arrays"
  | "local-array"
  | "not-bytes"
  | "not-numbers"
  | "directive"
  | "unbalanced"
  | "too-large";

export const textTooLarge = () =>
  failure("too-large", MAX_TEXT, "The file is larger than 1 MB, so it is no header with a partition table.");

export const noArray = (name: string) =>
  failure(
    "no-array",
    0,
    `The header defines no array '${name}' with its bytes in braces, as in: static const char ${name}[] = { 0xaa, 0x50, … };`,
  );

export const twoArrays = (text: string, name: string, first: number, second: number) =>
  failure(
    "two-arrays",
    second,
    `The header defines '${name}' twice, in line ${lineOf(text, first)} and in line ${lineOf(text, second)}. Remove the one that is not used.`,
  );

export const notNumbers = (text: string, name: string, { start, end }: CToken) =>
  failure(
    "not-numbers",
    start,
    `Line ${lineOf(text, start)}: '${text.slice(start, Math.min(end, start + 40))}' in the array '${name}' is not the number of a byte, such as 0xaa. Write every element as a number from 0 to 255.`,
  );

export const tooLong = (text: string, name: string, { start }: CToken) =>
  failure(
    "too-large",
    start,
    `The array '${name}' has more than ${hex(TABLE_SECTOR)} elements (line ${lineOf(text, start)}), but a partition table is one flash sector of ${hex(TABLE_SECTOR)} bytes.`,
  );

export const unbalanced = (text: string, name: string, { start }: CToken) =>
  failure(
    "unbalanced",
    start,
    `The array '${name}' that begins in line ${lineOf(text, start)} has no closing brace.`,
  );

export const localArray = (text: string, name: string, { start }: CToken) =>
  failure(
    "local-array",
    start,
    `The array '${name}' in line ${lineOf(text, start)} stands within the braces or parentheses of something else, such as a function. Declare it outside of them.`,
  );

export const notBytes = (text: string, name: string, words: readonly CToken[], { start, end }: CToken) =>
  failure(
    "not-bytes",
    start,
    `Line ${lineOf(text, start)}: '${declared(text.slice(words[0]?.start ?? start, end))}' is not known to be an array of bytes. Declare it by itself with a type of one byte, as in: static const unsigned char ${name}[] = { 0xaa, 0x50, … };`,
  );

export const directiveInside = (text: string, name: string, { start, text: directive }: CToken) =>
  failure(
    "directive",
    start,
    `Line ${lineOf(text, start)}: '${directive.slice(0, 40)}' stands between the braces of '${name}', where only a list of numbers can be read and replaced. Move it out of the braces or remove it.`,
  );

/** The end is what tells: the type stands there. */
const declared = (text: string): string => text.slice(-80).replace(/\s+/g, " ");
