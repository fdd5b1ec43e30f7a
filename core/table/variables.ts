import { type Span, span } from "../text/span";

/** A line after its `$NAME` and `${NAME}` were replaced, with the way back to what the user wrote. */
export interface Expansion {
  readonly text: string;
  readonly verbatim: boolean;
  /** The source of a range of the expanded text; a range that touches a replacement covers the whole reference. */
  sourceOf(from: number, to: number): Span;
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
  const pieces: { out: Span; source: Span }[] = [];
  for (const { 0: reference, index } of line.matchAll(/\$(?:\w+|\{[^}]*\})/g)) {
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
  const startOf = (offset: number): number => {
    const piece = pieces.findLast(({ out }) => out.start <= offset);
    if (!piece) return offset;
    return offset < piece.out.end ? piece.source.start : piece.source.end + offset - piece.out.end;
  };
  const endOf = (offset: number): number => {
    const piece = pieces.findLast(({ out }) => out.start < offset);
    if (!piece) return offset;
    return offset < piece.out.end ? piece.source.end : piece.source.end + offset - piece.out.end;
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
