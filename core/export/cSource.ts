/**
 * A scanner for C and C++ that knows just enough to tell code from comments, literals and preprocessor lines.
 * It takes any text, never fails and looks at each character a bounded number of times.
 */
export interface CToken {
  /** A `directive` is a whole preprocessor line with its continuations; a `mark` is one character of punctuation. */
  readonly kind: "name" | "number" | "string" | "char" | "mark" | "directive" | "comment";
  readonly start: number;
  readonly end: number;
  /** The characters, with line splices (a backslash at the end of a line) taken out. */
  readonly text: string;
}

const spliceAt = /\\[ \t]*(?:\r\n|\n|\r)/y;
const splices = /\\[ \t]*(?:\r\n|\n|\r)/g;
const rawOpening = /"([^ ()\\\t\v\f\n\r"]{0,16})\(/y;
const rawPrefix = /(?:^|[^\w$\x80-\uffff])(?:u8|[uUL])?R$/;
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

/** The tokens that begin from `from` up to `to`, without the comments. */
export function* cTokens(text: string, from = 0, to = text.length): Generator<CToken> {
  for (const piece of cPieces(text, from, to)) if (piece.kind !== "comment") yield piece;
}

/** The tokens and the comments between them. A `#` opens a directive only as the first token of a line. */
export function* cPieces(text: string, from = 0, to = text.length): Generator<CToken> {
  let firstOfLine = from === 0;
  for (let at = from; at < to; ) {
    const char = text.charAt(at);
    const trivia = endOfTrivia(text, at);
    if (trivia > at) {
      firstOfLine ||= isNewline(char);
      at = trivia;
      continue;
    }
    const comment = endOfComment(text, at);
    if (comment > at) {
      yield { kind: "comment", start: at, end: comment, text: text.slice(at, comment) };
      at = comment;
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

/** Offsets as people count them, for messages: the number of the line, from 1. */
export const lineOf = (text: string, offset: number): number =>
  (text.slice(0, offset).match(newline)?.length ?? 0) + 1;

const withoutSplices = (text: string): string => (text.includes("\\") ? text.replace(splices, "") : text);

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
  const raw = quote === '"' && text.charAt(start - 1) === "R" ? endOfRaw(text, start) : undefined;
  if (raw !== undefined) return raw;
  for (let at = start + 1; at < text.length; ) {
    const char = text.charAt(at);
    if (isNewline(char)) return at;
    if (char === quote) return at + 1;
    if (char === "\\") at = Math.max(endOfSplice(text, at), at + 2);
    else at++;
  }
  return text.length;
}

/** `R"x(…)x"` of C++ and of GNU C, in which quotes, comments and line ends are only text. */
function endOfRaw(text: string, start: number): number | undefined {
  rawOpening.lastIndex = start;
  const delimiter = rawOpening.exec(text)?.[1];
  if (delimiter === undefined || !rawPrefix.test(text.slice(Math.max(0, start - 4), start))) return undefined;
  const closing = `)${delimiter}"`;
  const close = text.indexOf(closing, start);
  return close === -1 ? text.length : close + closing.length;
}

/** Behind the byte order mark, one blank, line end or splice; `at` itself where there is none. */
function endOfTrivia(text: string, at: number): number {
  const char = text.charAt(at);
  const mark = at === 0 ? byteOrderMark.exec(text)?.[0].length : undefined;
  if (mark !== undefined) return mark;
  if (isSpace(char) || isNewline(char)) return at + 1;
  return endOfSplice(text, at);
}

/** `at` itself where no comment begins. A comment that is not closed reaches to the end of the text. */
function endOfComment(text: string, at: number): number {
  if (text.charAt(at) !== "/") return at;
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
