import type { CsvRow } from "../table/csv";
import type { Span, TextEdit } from "../text/span";
import { rules } from "./index";
import type { Finding, Fix, Problem, Rule, Severity, Subject } from "./rule";

/** Severities that the user chose, by rule id. */
export type SeverityOverrides = Readonly<Record<string, Severity | "off">>;

/** More problems than anybody reads: a hostile file must not fill the memory with them. */
const MAX_PROBLEMS_PER_RULE = 200;
const MAX_MESSAGE = 1000;

/** Asks every rule whose facts are known, and gives the problems in the order of the text. */
export function check(subject: Subject, overrides: SeverityOverrides): Problem[] {
  const expanded = subject.csv.rows.filter(({ verbatim }) => !verbatim);
  return rules
    .filter((rule) => rule.needs.every((fact) => subject.facts[fact] !== undefined))
    .flatMap((rule) => problemsOf(rule, subject, overrides[rule.id] ?? rule.severity))
    .map((problem) => ({ ...problem, fixes: possibleFixes(problem, expanded) }))
    .sort((a, b) => a.at.start - b.at.start);
}

function problemsOf(rule: Rule, subject: Subject, severity: Severity | "off"): Problem[] {
  const problems: Problem[] = [];
  if (severity === "off") return problems;
  for (const finding of rule.check(subject)) {
    const message = readable(finding.message);
    problems.push({ ...finding, message, id: rule.id, severity, stage: finding.stage ?? rule.stage });
    if (problems.length === MAX_PROBLEMS_PER_RULE) break;
  }
  return problems;
}

/** Messages repeat what the user wrote, which may be a megabyte; the advice stands at the end. */
const readable = (message: string): string =>
  message.length <= MAX_MESSAGE
    ? message
    : `${message.slice(0, MAX_MESSAGE / 2)}…${message.slice(-MAX_MESSAGE / 2)}`;

/** What came from a `$VARIABLE` does not stand in this text, so no edit of the text can change it. */
function possibleFixes({ fixes = [] }: Finding, expanded: readonly CsvRow[]): readonly Fix[] {
  if (expanded.length === 0) return fixes;
  return fixes.filter((fix) => !("edits" in fix) || !expanded.some(({ span }) => changes(fix.edits, span)));
}

const changes = (edits: readonly TextEdit[], row: Span): boolean =>
  edits.some(({ span }) => span.start < row.end && row.start < span.end);
