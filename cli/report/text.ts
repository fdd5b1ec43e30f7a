import type { Fix } from "../../core/rules/rule";
import { type LineIndex, lineIndex } from "../../core/text/lines";
import { counted } from "../../core/text/units";
import { excerptOf } from "./excerpt";
import { type Line, styled } from "./line";
import { regionOf } from "./region";
import { type CheckedFile, type Counts, countProblems, type ReportedProblem } from "./reported";

/**
 * The report for people. The first line of a problem has the form that compilers use, so that editors and terminals
 * make it a link.
 */
export const textReport = (files: readonly CheckedFile[]): Line[] => [
  ...files.flatMap(problemLines),
  summary(files),
];

/** The problems alone, each with the line it is in and what it is about. */
export function problemLines({ file, text, problems }: CheckedFile): Line[] {
  const lines = lineIndex(text);
  const gutter = String(Math.max(0, ...problems.map(({ at }) => regionOf(at, lines).line))).length;
  return problems.flatMap((problem) => linesOf(problem, file, text, lines, gutter));
}

function linesOf(
  { id, severity, message, at, related = [], fixes = [] }: ReportedProblem,
  file: string,
  text: string,
  lines: LineIndex,
  gutter: number,
): Line[] {
  const { line, column } = regionOf(at, lines);
  const excerpt = excerptOf(text, at, lines);
  const margin = " ".repeat(gutter);
  const place = (offset: number) => regionOf({ start: offset, end: offset }, lines);
  return [
    [
      styled("strong", `${file}:${line}:${column}:`),
      " ",
      styled(severity, `${severity}:`),
      ` ${message} `,
      styled("faint", `[${id}]`),
    ],
    [styled("faint", ` ${String(line).padStart(gutter)} |`), ` ${excerpt.line}`],
    [styled("faint", ` ${margin} |`), ` ${excerpt.indent}`, styled(severity, excerpt.carets)],
    ...related.map((other) => note(margin, `line ${place(other.at.start).line}: ${other.message}`)),
    ...fixes.slice(0, 1).flatMap((fix) => fixText(fix).map((line) => note(margin, `fix: ${line}`))),
    "",
  ];
}

/** Actions are those of an editor; here another command does the same, or an option. */
function fixText(fix: Fix): string[] {
  if ("edits" in fix) return [fix.title];
  return fix.action === "extract-app" ? ["crossflash extract-app IMAGE.bin -o APP.bin"] : [];
}

const note = (margin: string, text: string): Line => [styled("faint", ` ${margin} =`), ` ${text}`];

function summary(files: readonly CheckedFile[]): Line {
  const where = files.length === 1 ? files[0]?.file : `${files.length} files`;
  const counts = countsOf(countProblems(files));
  return counts.length === 0
    ? `${where}: no problems`
    : counts.flatMap((count, index) => [index === 0 ? `${where}: ` : ", ", count]);
}

const countsOf = ({ error, warning, information }: Counts) => [
  ...(error > 0 ? [styled("error", counted(error, "error"))] : []),
  ...(warning > 0 ? [styled("warning", counted(warning, "warning"))] : []),
  ...(information > 0 ? [styled("information", `${information} for information`)] : []),
];
