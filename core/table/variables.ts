import { type Span, span } from "../text/span";

/** A line after its `$NAME` and `${NAME}` were replaced, with the way back to what the user wrote. */
export interface Expansion {
  readonly text: string;
  readonly verbatim: boolean;
  /** The source of a range of the expanded text; a range that touches a replacement covers the whole reference. */
  sourceOf(from: number, to: number): Span;
}

/** A replaced reference: where its value stands in the expanded text, and where it was written. */
interface Piece {
  readonly out: Span;
  readonly source: Span;
}

/**
 * Python's `os.path.expandvars`: one pass, ASCII names, unknown names stay. It runs before the line is split,
 * so a variable may bring commas with it.
 * @param at offset of the line in its document
 */
export function expandVariables(
  line: string,
  at: number,
  environment: Readonly<Record<string, string>>,
): Expansion {
  const known = (name: string): string | undefined =>
    Object.hasOwn(environment, name) ? environment[name] : undefined;
  let text = "";
  let copied = 0;
  const pieces: Piece[] = [];
  for (const { reference, index } of referencesIn(line)) {
    const value = known(reference.replace(/^\$\{?|\}$/g, ""));
    if (value === undefined) continue;
    text += line.slice(copied, index);
    pieces.push({
      out: span(text.length, text.length + value.length),
      source: span(index, index + reference.length),
    });
    text += value;
    copied = index + reference.length;
  }
  if (pieces.length === 0) {
    return { text: line, verbatim: true, sourceOf: (from, to) => span(at + from, at + to) };
  }
  const behind = (piece: Piece | undefined, offset: number): number =>
    piece ? piece.source.end + offset - piece.out.end : offset;
  const startOf = (offset: number): number => {
    const piece = pieces[countWhile(pieces, ({ out }) => out.start < offset) - 1];
    return piece && offset < piece.out.end ? piece.source.start : behind(piece, offset);
  };
  // A variable without a value belongs to what it stands behind.
  const endOf = (offset: number): number => {
    const count = countWhile(pieces, ({ out }) => out.end <= offset);
    const next = pieces[count];
    return next && next.out.start < offset ? next.source.end : behind(pieces[count - 1], offset);
  };
  return {
    text: text + line.slice(copied),
    verbatim: false,
    sourceOf: (from, to) => {
      const start = startOf(from);
      return span(at + start, at + Math.max(start, endOf(to)));
    },
  };
}

export const hasReference = (text: string): boolean => [...referencesIn(text)].length > 0;

/**
 * Every `$NAME` and `${NAME}` of a line. Braces are looked for only up to the last closing one: otherwise a line full of
 * `${` would take quadratic time.
 */
export function* referencesIn(
  line: string,
): Iterable<{ readonly reference: string; readonly index: number }> {
  if (!line.includes("$")) return;
  const closed = line.lastIndexOf("}") + 1;
  for (const { 0: reference, index } of line.slice(0, closed).matchAll(/\$(?:\w+|\{[^}]*\})/g))
    yield { reference, index };
  for (const { 0: reference, index } of line.slice(closed).matchAll(/\$\w+/g))
    yield { reference, index: closed + index };
}

/** How many pieces, from the first on, something is true of; a line may have very many. */
function countWhile(pieces: readonly Piece[], isTrue: (piece: Piece) => boolean): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (piece && isTrue(piece)) low = middle + 1;
    else high = middle;
  }
  return low;
}
