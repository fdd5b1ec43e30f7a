export type Severity = "error" | "warning" | "information";

/** What a line of a boot log means to somebody who does not know it. Whole sentences, but for the title. */
export interface Meaning {
  readonly severity: Severity;
  readonly title: string;
  readonly cause: string;
  /** What to do about it; empty where there is nothing to do. */
  readonly fix: string;
}

/** One kind of line: the words that it is known by, who prints them, and what they mean. */
export interface KnownLine {
  readonly words: RegExp;
  /** File of ESP-IDF or MicroPython, or the chips whose ROM says so. */
  readonly source: string;
  readonly meaning: Meaning | ((match: RegExpExecArray) => Meaning);
}

const of =
  (severity: Severity) =>
  (title: string, cause: string, fix = ""): Meaning => ({ severity, title, cause, fix });

export const error = of("error");
export const warning = of("warning");
export const information = of("information");

/** The text of a group; groups are numbered from 1. */
export const group = (match: RegExpExecArray, index: number): string => match[index] ?? "";
