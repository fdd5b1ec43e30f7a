import { reportHtml } from "../../core/migrate/report/html";
import { reportJson } from "../../core/migrate/report/json";
import { reportMarkdown } from "../../core/migrate/report/markdown";
import type { MigrationReport } from "../../core/migrate/report/report";
import { reportText } from "../../core/migrate/report/text";
import type { Result } from "../../core/result";
import { escaped } from "../editor/page";

/** A report, or why there is none. */
export type PlanOutcome = Result<MigrationReport, string>;

/** The page of a report. Without one it says why, and is made anew when that changes. */
export const planPage = (outcome: PlanOutcome): string =>
  outcome.ok ? reportHtml(outcome.value) : faultPage(outcome.message);

const faultPage = (message: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Migration plan</title>
</head>
<body>
<h1>There is no plan yet</h1>
<p>${escaped(message)}</p>
</body>
</html>
`;

interface ReportFormat {
  readonly title: string;
  readonly extension: string;
  readonly write: (report: MigrationReport) => string;
}

/** What a report can be saved as; the first one is proposed. */
export const reportFormats: readonly ReportFormat[] = [
  { title: "HTML", extension: "html", write: reportHtml },
  { title: "Markdown", extension: "md", write: reportMarkdown },
  { title: "JSON", extension: "json", write: reportJson },
  { title: "Text", extension: "txt", write: reportText },
];

/** By the name of the file; undefined where it is none of them. */
export const formatOf = (path: string): ReportFormat | undefined =>
  reportFormats.find(({ extension }) => path.toLowerCase().endsWith(`.${extension}`));
