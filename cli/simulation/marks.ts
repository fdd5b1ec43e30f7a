import type { CaseVerdict, OperationReport, SimulationReport, StartReport } from "../../core/sim/report";
import { type Line, type Style, styled } from "../report/line";

/** How an operation is drawn: by the worst that a cut at it leads to. */
const marks: Readonly<Record<CaseVerdict | "untried", { readonly mark: string; readonly style: Style }>> = {
  completes: { mark: ".", style: "faint" },
  resumes: { mark: ".", style: "faint" },
  "falls-back": { mark: "f", style: "information" },
  "stuck-reachable": { mark: "r", style: "warning" },
  stuck: { mark: "S", style: "warning" },
  bricked: { mark: "X", style: "error" },
  untried: { mark: "-", style: "faint" },
};

/** Of a line that is no wider than 100 characters. */
const PER_LINE = 64;
const LABEL = 29;

/** Every operation a mark, in rows by the step that it belongs to; the hazard window stands in brackets. */
export const markLines = ({ operations }: StartReport): readonly Line[] =>
  groupsOf(operations).flatMap((group) =>
    rowsOf(group).map((row, index) => [
      `  ${label(group, index).padEnd(LABEL)}`,
      ...row.map(({ verdict, isHazard }) => {
        const { mark, style } = marks[verdict ?? "untried"];
        return styled(style, isHazard ? `[${mark}]` : mark);
      }),
    ]),
  );

const label = ([first]: readonly OperationReport[], row: number): string =>
  row === 0 && first ? `${String(first.index).padStart(5)} ${first.step ?? first.app}` : "";

function groupsOf(operations: readonly OperationReport[]): readonly (readonly OperationReport[])[] {
  const groups: OperationReport[][] = [];
  for (const operation of operations) {
    const group = groups.at(-1);
    if (group && group[0]?.step === operation.step) group.push(operation);
    else groups.push([operation]);
  }
  return groups;
}

const rowsOf = (group: readonly OperationReport[]): readonly (readonly OperationReport[])[] =>
  Array.from({ length: Math.ceil(group.length / PER_LINE) }, (_, row) =>
    group.slice(row * PER_LINE, (row + 1) * PER_LINE),
  );

/** What the marks mean, as far as they occur. */
export const legend = ({ starts }: SimulationReport): string => {
  const found = new Set(starts.flatMap(({ operations }) => operations.map(({ verdict }) => verdict)));
  const words = [
    ...(found.has("resumes") || found.has("completes") ? [". goes on by itself"] : []),
    ...(["falls-back", "stuck-reachable", "stuck", "bricked"] as const)
      .filter((verdict) => found.has(verdict))
      .map((verdict) => `${marks[verdict].mark} ${verdict}`),
    ...(found.has(undefined) ? ["- not tried"] : []),
    "[ ] hazard window",
  ];
  return `Each mark is an erase or a write, by the worst that a fault at it leads to: ${words.join(", ")}.`;
};
