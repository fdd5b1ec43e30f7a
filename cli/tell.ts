import type { Io } from "./io";
import { type Line, linesText, printable } from "./report/line";

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

/** Prints a piece of what a board says; its lines end where the board ends them. */
export const tellPiece = (io: Pick<Io, "out">, text: string): void =>
  io.out(text.split("\n").map(printable).join("\n"));
