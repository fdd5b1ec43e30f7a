/** A zero-based place in a text as editors count it: UTF-16 code units in a line. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LineIndex {
  /** Zero-based line and character of an offset; offsets beyond the end give the end. */
  positionAt(offset: number): Position;
  /** Offset of a position; characters beyond the end of the line give its end. */
  offsetAt(position: Position): number;
}

/** Lines as the Language Server Protocol ends them: LF, CRLF or CR. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (const { 0: eol, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + eol.length);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
  return {
    positionAt: (offset) => {
      const inText = Math.min(Math.max(offset, 0), text.length);
      const line = lineAt(inText);
      return { line, character: inText - (starts[line] ?? 0) };
    },
    offsetAt: ({ line, character }) => {
      const start = starts[line];
      if (start === undefined) return line < 0 ? 0 : text.length;
      return Math.min(start + Math.max(character, 0), starts[line + 1] ?? text.length);
    },
  };
}

/** The line end that the text uses first, LF when it has none. */
export const lineEndOf = (text: string): string => /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
