import type { Io } from "./io";
import { colourful, colourless, type Palette } from "./report/colour";
import type { CheckedFile } from "./report/reported";
import { problemsText } from "./report/text";

export const paletteFor = (io: Io, stream: "out" | "err"): Palette =>
  io.colours(stream) ? colourful : colourless;

/** Shows problems beside a command's real output, so on standard error. */
export function showProblems(io: Io, file: CheckedFile): void {
  io.err(problemsText(file, paletteFor(io, "err")));
}
