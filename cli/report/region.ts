import type { LineIndex } from "../../core/text/lines";
import type { Span } from "../../core/text/span";

/** Lines and columns count from one, columns in UTF-16 units, as editors show them; the end is exclusive. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function regionOf({ start, end }: Span, lines: LineIndex): Region {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return {
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
