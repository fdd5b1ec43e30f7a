import { isMark } from "./cLiteral";
import type { CToken } from "./cSource";

/**
 * The types that hold one byte wherever ESP-IDF and Arduino compile, among them the usual names of other libraries.
 * Not `std::byte`, for which a number is no value, nor the `uint_fast8_t` of newlib, which has four.
 */
const byteType =
  /^(?:(?:(?:un)?signed )?char|char (?:un)?signed|(?:: : )?(?:std : : )?u?int(?:_least)?8_t|__u?int8_t|char8_t|[ius]8|u?int8|byte|uchar)$/i;
const qualifier =
  /^(?:static|extern|inline|const|volatile|constexpr|constinit|thread_local|alignas|_Alignas)$/;
/** Words such as DRAM_ATTR or `__attribute__`, which say where an array lies. */
const attribute = /^(?:__\w+|[A-Z_][A-Z0-9_]*)$/;

/** No declaration of interest has more words in front of its name; of longer ones the rest is not kept. */
export const MAX_WORDS = 24;

/** What a file says itself about the names of its types: whether all that it calls so are bytes. */
export type TypeNames = Map<string, boolean>;

/**
 * Whether the words in front of a name declare it, and it alone, as something of one byte. A type that is neither well
 * known nor defined in the file as one that is may have any size, so it is none.
 */
export function isByteType(words: readonly CToken[], names: TypeNames): boolean {
  if (words.length > MAX_WORDS) return false;
  const type = words.filter((word, at) => !saysNoType(word, words[at - 1], names));
  const text = type.map((word) => word.text).join(" ");
  return names.get(text) ?? byteType.test(text);
}

/** Takes note of `typedef unsigned char name` or `using name = unsigned char`. */
export function noteTypeName(declaration: readonly CToken[], names: TypeNames): void {
  const [first, second, third] = declaration;
  if (first?.text === "typedef") note(declaration.at(-1), declaration.slice(1, -1), names);
  else if (first?.text === "using" && isMark(third, "=")) note(second, declaration.slice(3), names);
}

function note(name: CToken | undefined, type: readonly CToken[], names: TypeNames): void {
  if (name) names.set(name.text, isByteType(type, names) && names.get(name.text) !== false);
}

/** Linkage as in `extern "C"`, words that change nothing about the size, and the opening mark of their arguments. */
function saysNoType(word: CToken, before: CToken | undefined, names: TypeNames): boolean {
  if (word.kind === "string") return before?.text === "extern";
  if (isMark(word, "(")) return before !== undefined && takesArguments(before, names);
  return qualifier.test(word.text) || isAttribute(word, names);
}

const takesArguments = (word: CToken, names: TypeNames): boolean =>
  /^(?:alignas|_Alignas)$/.test(word.text) || isAttribute(word, names);

const isAttribute = ({ kind, text }: CToken, names: TypeNames): boolean =>
  kind === "name" && attribute.test(text) && !names.has(text) && !byteType.test(text);
