import { type LineIndex, lineIndex } from "../../core/text/lines";
import { jsonText } from "./jsonText";
import { regionOf } from "./region";
import type { CheckedFile, ReportedProblem } from "./reported";

/** `{ "problems": [{ id, severity, message, file, line, column, endLine, endColumn, … }] }`, lines and columns from one. */
export function jsonReport(files: readonly CheckedFile[]): string {
  const problems = files.flatMap(({ file, text, problems }) => {
    const lines = lineIndex(text);
    return problems.map((problem) => jsonProblem(problem, file, lines));
  });
  return jsonText({ problems });
}

const jsonProblem = (
  { id, severity, message, at, related = [], fixes = [] }: ReportedProblem,
  file: string,
  lines: LineIndex,
) => ({
  id,
  severity,
  message,
  file,
  ...regionOf(at, lines),
  related: related.map((other) => ({ message: other.message, ...regionOf(other.at, lines) })),
  fixes: fixes.map(({ title }) => title),
});
