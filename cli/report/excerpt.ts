import type { LineIndex } from "../../core/text/lines";
import type { Span } from "../../core/text/span";
import { isPlain, printable } from "./line";

/** The line of a span and the carets under it, as a terminal shows them. */
export interface Excerpt {
  readonly line: string;
  /** Blanks (and the line's tabs) up to the first caret. */
  readonly indent: string;
  readonly carets: string;
}

const WIDEST = 160;
const BEFORE_SPAN = 60;

/** Long lines are cut around the span; a span over several lines is marked on its first. */
export function excerptOf(text: string, { start, end }: Span, lines: LineIndex): Excerpt {
  const { line } = lines.positionAt(start);
  const lineStart = lines.offsetAt({ line, character: 0 });
  const lineEnd = lineStart + text.slice(lineStart).search(/[\r\n]|$/);
  const spanEnd = Math.min(Math.max(end, start), lineEnd);
  const cutStart = lineEnd - lineStart <= WIDEST ? lineStart : Math.max(lineStart, start - BEFORE_SPAN);
  const cutEnd = Math.min(lineEnd, cutStart + WIDEST);
  const ellipsis = (cut: boolean): string => (cut ? "…" : "");
  const before = ellipsis(cutStart > lineStart) + printable(text.slice(cutStart, start));
  const marked = printable(text.slice(start, Math.min(spanEnd, cutEnd)));
  const after = printable(text.slice(Math.min(spanEnd, cutEnd), cutEnd)) + ellipsis(cutEnd < lineEnd);
  return {
    line: before + marked + after,
    indent: before.replace(/[^\t]+/g, (run) => " ".repeat(columnsOf(run))),
    carets: "^".repeat(
      Math.max(
        1,
        [...marked].reduce((sum, char) => sum + columnsOf(char), 0),
      ),
    ),
  };
}

/** How many columns of a terminal a text takes: two for East Asian characters and emoji, none for combining marks. */
function columnsOf(text: string): number {
  if (isPlain(text)) return text.length;
  const wide =
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;
  const none = /[\p{M}\p{Cf}]/gu;
  return [...text].length + (text.match(wide)?.length ?? 0) - (text.match(none)?.length ?? 0);
}
