import type { Problem, Severity } from "../../core/rules/rule";

/** What a report says of a problem, whether a rule found it in a table or it is in a manifest. */
export type ReportedProblem = Omit<Problem, "stage">;

/** A file with what is wrong with it: all that a report needs. */
export interface CheckedFile {
  /** The path as the user wrote it. */
  readonly file: string;
  readonly text: string;
  /** In the order of the text. */
  readonly problems: readonly ReportedProblem[];
}

export type Counts = Readonly<Record<Severity, number>>;

export function countProblems(files: readonly CheckedFile[]): Counts {
  const counts = { error: 0, warning: 0, information: 0 };
  for (const { problems } of files) for (const { severity } of problems) counts[severity]++;
  return counts;
}

/** Warnings and advice do not fail a run: a layout may be what somebody wants although an update is lost with it. */
export const hasErrors = (files: readonly CheckedFile[]): boolean => countProblems(files).error > 0;
