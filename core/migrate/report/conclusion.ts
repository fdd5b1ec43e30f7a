import { type Verdict, worstOf } from "../../compat/evidence";
import type { CompatVerdict } from "../../compat/verdict";
import { counted } from "../../text/units";
import type { MigrationPlan } from "../plan/plan";
import { topicTitles } from "./words";

/** What all of it comes to. */
export interface Conclusion {
  /** The worst of the verdicts of versions and devices, the plan, and the inputs. */
  readonly verdict: Verdict;
  /** Whole sentences: first what to do, then why. */
  readonly sentences: readonly string[];
}

interface Findings {
  readonly verdict: CompatVerdict;
  readonly plan: MigrationPlan;
  readonly missing: readonly string[];
}

/** A migration is as good as the worst that is known of it, and what is not known is not good. */
export function conclusionOf(findings: Findings): Conclusion {
  const { plan, missing } = findings;
  const verdict = worstOf([
    findings.verdict.verdict,
    ...(plan.routes.length === 0 || errorsOf(plan).length > 0 ? (["refused"] as const) : []),
    ...(missing.length > 0 ? (["unknown"] as const) : []),
    ...(disagreements(plan) > 0 ? (["risky"] as const) : []),
  ]);
  return { verdict, sentences: [advice[verdict], ...whyOf(findings), ...conditionOf(findings)] };
}

const advice: Readonly<Record<Verdict, string>> = {
  refused: "This migration must not be done.",
  unknown: "Nobody knows yet whether this migration works. Do not sign before it is found out.",
  risky:
    "This migration may work, but something speaks against it. Do not sign before it has worked on a lab board with the very bootloader of the devices.",
  supported: "Nothing that is known speaks against this migration. Do it on a lab board before you sign.",
};

/** How often the project of the repartitioner says something else than what is planned. */
export const disagreements = ({ problems }: MigrationPlan): number =>
  problems.filter(({ id }) => id === "migration-project").length;

const errorsOf = ({ problems }: MigrationPlan) => problems.filter(({ severity }) => severity === "error");

function whyOf({ verdict, plan, missing }: Findings): string[] {
  const errors = errorsOf(plan).length;
  const odds = disagreements(plan);
  const warnings = plan.problems.length - errors - odds;
  const topics = (wanted: Verdict): readonly string[] =>
    verdict.reasons.filter((reason) => reason.verdict === wanted).map(({ topic }) => topicTitles[topic]);
  return [
    ...(errors > 0 ? [`The plan has ${counted(errors, "error")}, so there are no steps.`] : []),
    ...sentence("Refused", topics("refused")),
    ...sentence("Not known", topics("unknown")),
    ...sentence("Risky", topics("risky")),
    ...sentence("Not given", missing),
    ...(odds > 0
      ? [`The project of the repartitioner disagrees with the plan: ${counted(odds, "warning")}.`]
      : []),
    ...(warnings > 0 ? [`The plan has ${counted(warnings, "warning")} of what is lost.`] : []),
  ];
}

const sentence = (head: string, titles: readonly string[]): string[] =>
  titles.length === 0 ? [] : [`${head}: ${titles.join(", ")}.`];

const conditionOf = ({ verdict: { buildWith } }: Findings): string[] =>
  buildWith === undefined
    ? []
    : [`The verdict holds only for a MicroPython that is built with ESP-IDF ${buildWith}: no download is.`];
