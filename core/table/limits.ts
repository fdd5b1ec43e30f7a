import { lineEnds } from "../text/python";

/** The longest text that is read, in UTF-16 units: a table of 95 rows with comments stays far below. */
export const MAX_TEXT = 1024 * 1024;
/** The most lines that are read. */
export const MAX_LINES = 5000;

/** Whether a text is longer than any partition table. Such a text is not read. */
export function isTooLarge(text: string): boolean {
  if (text.length > MAX_TEXT) return true;
  // Every line end takes a character, so short texts need no counting.
  return text.length > MAX_LINES && hasMoreLines(text);
}

function hasMoreLines(text: string): boolean {
  let count = 0;
  for (const _ of text.matchAll(lineEnds)) if (++count > MAX_LINES) return true;
  return false;
}
