import type { Rule, Severity } from "../../core/rules/rule";
import { type LineIndex, lineIndex } from "../../core/text/lines";
import type { Span } from "../../core/text/span";
import { jsonText } from "./jsonText";
import { regionOf } from "./region";
import type { CheckedFile, ReportedProblem } from "./reported";

/** What a SARIF log says of the tool that made it. */
export interface SarifTool {
  readonly version: string;
  readonly rules: readonly Rule[];
  /** Where a rule is explained. */
  helpUri(id: string): string;
}

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0), which code hosts read; `file` is relative or absolute with `/`. */
export function sarifReport(files: readonly CheckedFile[], tool: SarifTool): string {
  const ids = tool.rules.map(({ id }) => id);
  const results = files.flatMap(({ file, text, problems }) => {
    const lines = lineIndex(text);
    return problems.map((problem) => resultOf(problem, ids.indexOf(problem.id), file, lines));
  });
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: driverOf(tool) }, columnKind: "utf16CodeUnits", results }],
  };
  return jsonText(log);
}

const driverOf = ({ version, rules, helpUri }: SarifTool) => ({
  name: "Crossflash",
  semanticVersion: version,
  rules: rules.map(({ id, summary, why, severity }) => ({
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    helpUri: helpUri(id),
    defaultConfiguration: { level: levels[severity] },
  })),
});

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
};

function resultOf(
  { id, severity, message, at, related = [] }: ReportedProblem,
  ruleIndex: number,
  file: string,
  lines: LineIndex,
) {
  return {
    ruleId: id,
    // Problems of other files than tables (the manifest) belong to no rule of the list.
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: message },
    locations: [locationOf(file, at, lines)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other) => ({
            ...locationOf(file, other.at, lines),
            message: { text: other.message },
          })),
        }),
  };
}

function locationOf(file: string, at: Span, lines: LineIndex) {
  const { line, column, endLine, endColumn } = regionOf(at, lines);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

/** A relative path is a relative URI once its characters are escaped; an absolute one needs its scheme. */
function uriOf(file: string): string {
  const escaped = file.split("/").map(encodeURIComponent).join("/");
  if (/^[A-Za-z]:\//.test(file)) return `file:///${file.slice(0, 2)}${escaped.slice(4)}`;
  return file.startsWith("/") ? `file://${escaped}` : escaped;
}
