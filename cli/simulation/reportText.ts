import { blocksMarkdown } from "../../core/migrate/report/markdown";
import { blocksText } from "../../core/migrate/report/text";
import type { SimulationReport } from "../../core/sim/report";
import { detailBlocks, startBlocks, summaryBlocks } from "../../core/sim/summary/document";
import { type Line, linesText } from "../report/line";
import { legend, markLines } from "./marks";

/** The report for terminals. */
export const reportLines = (report: SimulationReport): readonly Line[] => [
  ...textLines(blocksText(summaryBlocks(report))),
  ...(hasMarks(report) ? ["", legend(report)] : []),
  ...report.starts.flatMap((start) => [
    "",
    ...textLines(blocksText(startBlocks(start))),
    ...(hasMarks(report) ? ["", ...markLines(start)] : []),
  ]),
  "",
  ...textLines(blocksText(detailBlocks(report))),
];

/** Where power was cut at single operations. */
const hasMarks = ({ starts }: SimulationReport): boolean =>
  starts.some(({ operations }) => operations.some(({ verdict }) => verdict !== undefined));

const textLines = (text: string): readonly string[] => text.trimEnd().split("\n");

/** The report for tickets and pull requests. */
export const reportMarkdown = (report: SimulationReport): string =>
  [
    blocksMarkdown(summaryBlocks(report)),
    ...(hasMarks(report) ? [`${legend(report)}\n`] : []),
    ...report.starts.flatMap((start) => [
      blocksMarkdown(startBlocks(start)),
      ...(hasMarks(report) ? [fenced(markLines(start))] : []),
    ]),
    blocksMarkdown(detailBlocks(report)),
  ].join("\n");

export const fenced = (lines: readonly Line[]): string => `\`\`\`text\n${linesText(lines, "plain")}\`\`\`\n`;
