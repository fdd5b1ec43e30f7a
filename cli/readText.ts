import { failure, type Result } from "../core/result";
import { decodeText } from "../core/text/decode";
import { type Io, type ReadFault, STANDARD_STREAM } from "./io";

/** No table and no manifest comes near this, in bytes; what `analyse` makes of smaller ones is for its rules. */
export const LARGEST_TEXT = 4 * 1024 * 1024;

export type TextFault = ReadFault | "not-text";

/** The text of a file, or a sentence that says why there is none. */
export async function readText(path: string, io: Io): Promise<Result<string, TextFault>> {
  const bytes = await io.read(path, LARGEST_TEXT);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  if (text.ok) return text;
  return failure("not-text", 0, `Cannot read ${nameOf(path)}: ${text.message.replace(/^T/, "t")}`);
}

/** The path for a report. */
export const shownPath = (path: string): string => (path === STANDARD_STREAM ? "<stdin>" : path);

const nameOf = (path: string): string => (path === STANDARD_STREAM ? "standard input" : `'${path}'`);
