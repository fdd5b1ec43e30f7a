/** Colours and weights of a terminal. */
export type Style = keyof typeof codes;

/** One line for people: a text, or texts of which some are marked. */
export type Line = string | readonly Piece[];
type Piece = string | { readonly style: Style; readonly text: string };

const codes = { strong: 1, faint: 2, error: 31, warning: 33, information: 36 } as const;

export const styled = (style: Style, text: string): Piece => ({ style, text });

/** The lines as they are printed. Only here do texts become output, so that none gets by `printable`. */
export const linesText = (lines: readonly Line[], colours: "coloured" | "plain"): string =>
  lines.map((line) => `${[line].flat().map(pieceText[colours]).join("")}\n`).join("");

const textOf = (piece: Piece): string => printable(typeof piece === "string" ? piece : piece.text);

const pieceText = {
  plain: textOf,
  coloured: (piece: Piece) =>
    typeof piece === "string" ? textOf(piece) : `\u001b[${codes[piece.style]}m${textOf(piece)}\u001b[0m`,
};

/** Patterns of Unicode properties take a millisecond to compile, so plain text gets by without them. */
export const isPlain = (text: string): boolean => /^[\t\x20-\x7e]*$/.test(text);

/** What MicroPython's REPL sends when a line is edited: some steps back, and blank from here on. It stays in its line. */
export const LINE_EDITING = /\u0008|\u001b\[(?:\d{1,3}D|K)/;

/** Control characters could move the cursor or change the colours: bytes of a foreign file must not get to a terminal. */
export const printable = (text: string): string =>
  isPlain(text)
    ? text
    : text.replace(/(?!\t)[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
