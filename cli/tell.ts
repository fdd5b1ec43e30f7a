import type { Io } from "./io";
import { LINE_EDITING, type Line, linesText, printable } from "./report/line";

/** Prints what people read. What programs read (JSON, a CSV, a binary) goes to `Io` as it is. */
export function tell(
  io: Pick<Io, "colours" | "out" | "err">,
  stream: "out" | "err",
  lines: readonly Line[],
): void {
  if (lines.length > 0) io[stream](linesText(lines, io.colours(stream) ? "coloured" : "plain"));
}

/** Draws a line of standard error again, in place of what was drawn so; a blank one takes it away. */
export const retell = (io: Pick<Io, "err">, text: string): void => io.err(`\r${printable(text)}\u001b[K`);

/** A question whose answer is typed behind it, and the end of its line where the answer is not shown. */
export const tellQuestion = (io: Pick<Io, "err">, question: string): void => io.err(printable(question));
export const endQuestion = (io: Pick<Io, "err">): void => io.err("\n");

/**
 * Prints a piece of what a board says; its lines end where the board ends them. What is typed by somebody may be edited
 * by the board, within its line.
 */
export const tellPiece = (io: Pick<Io, "out">, text: string, isTyped = false): void =>
  io.out(
    text
      .split(isTyped ? LINES_AND_EDITS : LINES)
      .map((part, index) => (index % 2 === 0 ? printable(part) : part))
      .join(""),
  );

const LINES = /(\n)/;
const LINES_AND_EDITS = new RegExp(`(\\n|${LINE_EDITING.source})`);
