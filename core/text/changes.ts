import { span, type TextEdit } from "./span";

/**
 * The edits that turn one text into the other: within the lines that differ where both have as many lines, one edit
 * over the middle otherwise.
 */
export function changesBetween(before: string, after: string): TextEdit[] {
  const from = linesOf(before);
  const to = linesOf(after);
  if (from.length !== to.length) return changed(before, after, 0);
  let at = 0;
  return from.flatMap((line, index) => {
    const edits = changed(line, to[index] ?? "", at);
    at += line.length;
    return edits;
  });
}

/** Lines with their ends, so that they add up to the text. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/);

/** One edit between the characters that both have at the beginning and at the end. */
function changed(before: string, after: string, at: number): TextEdit[] {
  if (before === after) return [];
  const from = [...before];
  const to = [...after];
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head++;
  let tail = 0;
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail++;
  const start = lengthOf(from.slice(0, head));
  const end = before.length - lengthOf(from.slice(from.length - tail));
  return [{ span: span(at + start, at + end), newText: to.slice(head, to.length - tail).join("") }];
}

const lengthOf = (characters: readonly string[]): number => characters.join("").length;
