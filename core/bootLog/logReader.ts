import { decodeLine, type Meaning } from "./decodeLine";

/** A piece of what a board prints, as it came; a meaning belongs to the line that the piece ends with. */
export interface LogPiece {
  readonly text: string;
  readonly meaning: Meaning | undefined;
}

/** Reads what comes in pieces of any size; nothing of it is held back, changed or left out. */
export type LogReader = (text: string) => readonly LogPiece[];

/** A board that starts over and over says the same again and again; after so many lines it is told again. */
const LINES_OF_SILENCE = 100;

/** Characters. A board that never ends its line must not fill the memory. */
const LONGEST_LINE = 1000;

export const logReader = (): LogReader => {
  let line = "";
  let lines = 0;
  const told = new Map<string, number>();

  const take = (part: string): void => {
    line = (line + part).slice(0, LONGEST_LINE);
  };
  const endLine = (): Meaning | undefined => {
    const decoded = decodeLine(line);
    line = "";
    lines++;
    if (decoded.kind === "plain") return undefined;
    const before = told.get(decoded.title) ?? Number.NEGATIVE_INFINITY;
    if (lines - before <= LINES_OF_SILENCE) return undefined;
    told.set(decoded.title, lines);
    return decoded;
  };
  return (text) => {
    const pieces: LogPiece[] = [];
    let [pieceStart, lineStart] = [0, 0];
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", lineStart)) {
      take(text.slice(lineStart, end));
      lineStart = end + 1;
      const meaning = endLine();
      if (meaning) {
        pieces.push({ text: text.slice(pieceStart, lineStart), meaning });
        pieceStart = lineStart;
      }
    }
    take(text.slice(lineStart));
    if (pieceStart < text.length) pieces.push({ text: text.slice(pieceStart), meaning: undefined });
    return pieces;
  };
};
