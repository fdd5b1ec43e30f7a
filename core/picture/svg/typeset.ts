/** Letters of this weight are that much wider. */
export const BOLD = 1.12;

/**
 * How wide text will be, in pixels, without a font at hand: an estimate on the safe side, after the widest of the
 * common faces (Verdana, DejaVu Sans). What it says to fit does fit.
 */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const char of text) em += widthOf(char);
  return em * fontSize;
}

function widthOf(char: string): number {
  if (/[\p{M}\p{Cf}]/u.test(char)) return 0.45;
  if (/[ijlIJfrt.,:;'|!()[\] /-]/.test(char)) return 0.45;
  if (/[a-ln-vx-z0-9_"`$*?{}\\]/.test(char)) return 0.64;
  if (char < "\x7f") return /[mwMW@%]/.test(char) ? 1 : 0.84;
  return char === "…" ? 1 : char.length > 1 ? 1.45 : 1.2;
}

/** The text, or its beginning with an ellipsis; nothing where not even one character has room. */
export function cutToWidth(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let kept = "";
  for (const char of text) {
    if (textWidth(`${kept}${char}…`, fontSize) > width) break;
    kept += char;
  }
  return kept === "" ? "" : `${kept.trimEnd()}…`;
}

/** Breaks text between its words into lines that fit; a word longer than a line is cut. */
export function wrapped(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter((part) => part !== "")) {
    const line = lines.at(-1);
    const joined = line === undefined ? word : `${line} ${word}`;
    if (line !== undefined && textWidth(joined, fontSize) <= width) lines[lines.length - 1] = joined;
    else lines.push(cutToWidth(word, fontSize, width));
  }
  return lines;
}
