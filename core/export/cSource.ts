/**
 * A scanner for C and C++ that knows just enough to tell code from comments, literals and preprocessor lines.
 * It takes any text, never fails and looks at each character a bounded number of times.
 */
export interface CToken {
  /** A `directive` is a whole preprocessor line with its continuations; a `mark` is one character of punctuation. */
  readonly kind: "name" | "number" | "string" | "char" | "mark" | "directive";
  readonly start: number;
  readonly end: number;
  /** The characters, with line splices (a backslash at the end of a line) taken out. */
  readonly text: string;
}

const spliceAt = /\\[ \t]*(?:\r\n|\n|\r)/y;
const splices = /\\[ \t]*(?:\r\n|\n|\r)/g;
const newline = /\r\n|\n|\r/g;
/** As text, and as bytes that were read one character each. */
const byteOrderMark = /^(?:\ufeff|\xef\xbb\xbf)/;
/** Called for every character, so without a regular expression. */
const isWord = (code: number): boolean =>
  isLetter(code | 0x20) || isDigit(code) || code === UNDERSCORE || code === DOLLAR || code >= 0x80;
const isLetter = (lowerCase: number): boolean => 0x61 <= lowerCase && lowerCase <= 0x7a;
const isDigit = (code: number): boolean => 0x30 <= code && code <= 0x39;
const UNDERSCORE = 0x5f;
const DOLLAR = 0x24;
const isSpace = (char: string): boolean => char === " " || char === "\t" || char === "\v" || char === "\f";
const isNewline = (char: string): boolean => char === "\n" || char === "\r";

/** The tokens that begin from `from` up to `to`. A `#` opens a directive only as the first token of a line. */
export function* cTokens(text: string, from = 0, to = text.length): Generator<CToken> {
  let firstOfLine = from === 0;
  for (let at = from; at < to; ) {
    const char = text.charAt(at);
    const trivia = endOfTrivia(text, at);
    if (trivia > at) {
      firstOfLine ||= isNewline(char);
      at = trivia;
      continue;
    }
    const directive = char === "#" && firstOfLine;
    const end = directive ? endOfDirective(text, at) : endOfToken(text, at);
    yield {
      kind: directive ? "directive" : kindOf(char),
      start: at,
      end,
      text: withoutSplices(text.slice(at, end)),
    };
    firstOfLine = false;
    at = end;
  }
}

/** The tokens that a compiler could see: what stands under a literal `#if 0` is left out. */
export function* compiledTokens(text: string): Generator<CToken> {
  let depth = 0;
  for (const token of cTokens(text)) {
    if (depth > 0) depth = token.kind === "directive" ? depthAfter(token, depth) : depth;
    else if (isDirective(token, /^#\s*if\s+0\s*$/)) depth = 1;
    else yield token;
  }
}

/** What stands behind the `#` of a directive, as far as the first tokens go: no macro of interest is longer. */
export function tokensOfDirective(text: string, { start, end }: CToken): CToken[] {
  const tokens: CToken[] = [];
  for (const token of cTokens(text, text.indexOf("#", start) + 1, end)) {
    if (tokens.push(token) === MAX_DIRECTIVE_TOKENS) break;
  }
  return tokens;
}

const MAX_DIRECTIVE_TOKENS = 16;

/** Offsets as people count them, for messages: the number of the line, from 1. */
export const lineOf = (text: string, offset: number): number =>
  (text.slice(0, offset).match(newline)?.length ?? 0) + 1;

const withoutSplices = (text: string): string => (text.includes("\\") ? text.replace(splices, "") : text);

function depthAfter(directive: CToken, depth: number): number {
  if (isDirective(directive, /^#\s*if/)) return depth + 1;
  if (isDirective(directive, /^#\s*endif\b/)) return depth - 1;
  return depth === 1 && isDirective(directive, /^#\s*(?:else|elif)/) ? 0 : depth;
}

/** A directive is compared by its first characters, without the comments behind. */
const isDirective = ({ kind, text }: CToken, pattern: RegExp): boolean =>
  kind === "directive" && pattern.test(text.slice(0, 40).replace(/\/[/*].*/s, ""));

function kindOf(char: string): CToken["kind"] {
  if (char === '"') return "string";
  if (char === "'") return "char";
  const code = char.charCodeAt(0);
  if (isDigit(code)) return "number";
  return isWord(code) ? "name" : "mark";
}

function endOfToken(text: string, at: number): number {
  const char = text.charAt(at);
  if (char === '"' || char === "'") return endOfLiteral(text, at);
  return isWord(text.charCodeAt(at)) ? endOfWord(text, at) : at + 1;
}

function endOfWord(text: string, start: number): number {
  let end = start;
  for (let at = start; ; ) {
    if (isWord(text.charCodeAt(at))) end = ++at;
    else if (endOfSplice(text, at) > at) at = endOfSplice(text, at);
    else return end;
  }
}

/** A literal that is not closed ends with its line, as compilers see it: an apostrophe in prose swallows no more. */
function endOfLiteral(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; ) {
    const char = text.charAt(at);
    if (isNewline(char)) return at;
    if (char === quote) return at + 1;
    if (char === "\\") at = Math.max(endOfSplice(text, at), at + 2);
    else at++;
  }
  return text.length;
}

function endOfTrivia(text: string, at: number): number {
  const char = text.charAt(at);
  const mark = at === 0 ? byteOrderMark.exec(text)?.[0].length : undefined;
  if (mark !== undefined) return mark;
  if (isSpace(char) || isNewline(char)) return at + 1;
  if (char === "\\") return endOfSplice(text, at);
  return char === "/" ? endOfComment(text, at) : at;
}

/** `at` itself where no comment begins. A comment that is not closed reaches to the end of the text. */
function endOfComment(text: string, at: number): number {
  if (text.startsWith("//", at)) return endOfLine(text, at);
  if (!text.startsWith("/*", at)) return at;
  const close = text.indexOf("*/", at + 2);
  return close === -1 ? text.length : close + 2;
}

function endOfSplice(text: string, at: number): number {
  if (text.charAt(at) !== "\\") return at;
  spliceAt.lastIndex = at;
  return spliceAt.test(text) ? spliceAt.lastIndex : at;
}

function endOfLine(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const splice = endOfSplice(text, at);
    if (splice > at) at = splice - 1;
    else if (isNewline(text.charAt(at))) return at;
  }
  return text.length;
}

function endOfDirective(text: string, start: number): number {
  for (let at = start; at < text.length; ) {
    const char = text.charAt(at);
    if (isNewline(char)) return at;
    const skipped = Math.max(endOfSplice(text, at), endOfComment(text, at));
    if (skipped > at) at = skipped;
    else at = char === '"' || char === "'" ? endOfLiteral(text, at) : at + 1;
  }
  return text.length;
}
