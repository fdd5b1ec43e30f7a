import { blocksHtml } from "../migrate/report/html";
import { blocksMarkdown } from "../migrate/report/markdown";
import { blocksText } from "../migrate/report/text";
import { rehearsalBlocks } from "./document";
import type { RehearsalReport } from "./report";

export const rehearsalFormats = ["text", "markdown", "html", "json"] as const;

export type RehearsalFormat = (typeof rehearsalFormats)[number];

/** The report in each form; all of them say the same. */
export const rehearsalWriters: Readonly<Record<RehearsalFormat, (report: RehearsalReport) => string>> = {
  text: (report) => blocksText(rehearsalBlocks(report)),
  markdown: (report) => blocksMarkdown(rehearsalBlocks(report)),
  html: (report) => blocksHtml(titleOf(report), rehearsalBlocks(report)),
  json: rehearsalJson,
};

const titleOf = ({ migration: { fingerprint }, result }: RehearsalReport): string =>
  `Rehearsal ${result.isPassed ? "passed" : "not passed"}, ${fingerprint.slice(0, 8)}`;

/** For programs: everything that the others say, without the picture and the words around it. */
function rehearsalJson({ migration: { picture: _, ...migration }, ...report }: RehearsalReport): string {
  return `${JSON.stringify({ ...report, migration }, undefined, 2)}\n`;
}
