import type { Fix } from "../../core/rules/rule";
import { type LineIndex, lineIndex } from "../../core/text/lines";
import type { Palette } from "./colour";
import { excerptOf, printable } from "./excerpt";
import { regionOf } from "./region";
import { type CheckedFile, type Counts, countProblems, type ReportedProblem } from "./reported";

/**
 * The report for people. The first line of a problem has the form that compilers use, so that editors and terminals
 * make it a link.
 */
export const textReport = (files: readonly CheckedFile[], palette: Palette): string =>
  files.map((file) => problemsText(file, palette)).join("") + summary(files, palette);

/** The problems alone, each with the line it is in and what it is about. */
export function problemsText({ file, text, problems }: CheckedFile, palette: Palette): string {
  const lines = lineIndex(text);
  const gutter = String(Math.max(0, ...problems.map(({ at }) => regionOf(at, lines).line))).length;
  return problems.map((problem) => problemText(problem, file, text, lines, gutter, palette)).join("");
}

function problemText(
  { id, severity, message, at, related = [], fixes = [] }: ReportedProblem,
  file: string,
  text: string,
  lines: LineIndex,
  gutter: number,
  palette: Palette,
): string {
  const { line, column } = regionOf(at, lines);
  const excerpt = excerptOf(text, at, lines);
  const margin = " ".repeat(gutter);
  const place = (offset: number) => regionOf({ start: offset, end: offset }, lines);
  return [
    `${palette.strong(`${file}:${line}:${column}:`)} ${palette[severity](`${severity}:`)} ${printable(message)} ${palette.faint(`[${id}]`)}`,
    `${palette.faint(` ${String(line).padStart(gutter)} |`)} ${excerpt.line}`,
    `${palette.faint(` ${margin} |`)} ${excerpt.indent}${palette[severity](excerpt.carets)}`,
    ...related.map((other) => note(margin, `line ${place(other.at.start).line}: ${other.message}`, palette)),
    ...fixes.slice(0, 1).flatMap((fix) => fixText(fix).map((line) => note(margin, `fix: ${line}`, palette))),
    "",
    "",
  ].join("\n");
}

/** Actions are those of an editor; here another command does the same, or an option. */
function fixText(fix: Fix): string[] {
  if ("edits" in fix) return [fix.title];
  return fix.action === "extract-app" ? ["crossflash extract-app IMAGE.bin -o APP.bin"] : [];
}

const note = (margin: string, text: string, palette: Palette): string =>
  `${palette.faint(` ${margin} =`)} ${printable(text)}`;

function summary(files: readonly CheckedFile[], palette: Palette): string {
  const counts = countProblems(files);
  const where = files.length === 1 ? files[0]?.file : `${files.length} files`;
  return `${where}: ${countsText(counts, palette)}\n`;
}

function countsText({ error, warning, information }: Counts, palette: Palette): string {
  const parts = [
    ...(error > 0 ? [palette.error(counted(error, "error"))] : []),
    ...(warning > 0 ? [palette.warning(counted(warning, "warning"))] : []),
    ...(information > 0 ? [palette.information(`${information} for information`)] : []),
  ];
  return parts.length === 0 ? "no problems" : parts.join(", ");
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
