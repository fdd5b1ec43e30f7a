import { hex } from "../../text/units";
import type { CaseCut, NetworkFault } from "../cases/case";
import { bytesAt, isTorn } from "../cases/position";
import type { BadCase } from "../report";
import type { TriedCase } from "../sweep/tried";
import { severityOf } from "../verdict";
import { placeAt } from "./places";

/** What somebody has to look at; the worst first. */
export const badCases = (tried: readonly TriedCase[]): readonly BadCase[] =>
  tried
    .filter(isBad)
    .toSorted((a, b) => severityOf(b.verdict) - severityOf(a.verdict))
    .map(badCase);

export const isBad = ({ verdict, declared }: TriedCase): boolean =>
  declared !== undefined || severityOf(verdict) >= severityOf("stuck-reachable");

const badCase = (tried: TriedCase): BadCase => ({
  id: tried.id,
  start: tried.subject.scenario.start.name,
  verdict: tried.verdict,
  isDeclared: tried.declared === tried.verdict,
  step: tried.operation?.step,
  words: `${whatFailed(tried)}: ${shortVerdict(tried)}.`,
});

function whatFailed({ what: { cuts, faults }, operation, subject: { scenario } }: TriedCase): string {
  const fault = faults.map(faultWords).join(" and ");
  const last = "firstLife" in cuts ? undefined : cuts.at(-1);
  if (!operation) return fault === "" ? "Nothing failed" : fault;
  const place = placeAt(scenario, scenario.input.target, operation.offset);
  const where = place === undefined ? hex(operation.offset) : `${place} at ${hex(operation.offset)}`;
  const many = "firstLife" in cuts || cuts.length > 1 ? " for the last time" : "";
  return `Power failed${many} ${last ? cutWords(last) : "after"} the ${operation.op} of ${where}`;
}

function cutWords({ at }: CaseCut): string {
  const bytes = bytesAt(at);
  if (bytes !== undefined)
    return isTorn(at) ? `in the word behind byte ${bytes} of` : `behind byte ${bytes} of`;
  return {
    before: "before",
    begun: "at the begin of",
    middle: "in the middle of",
    almost: "near the end of",
    after: "after",
  }[at as "before" | "begun" | "middle" | "almost" | "after"];
}

/** Of a fault, as the beginning of a sentence. */
export function faultWords({ kind, at, image, times }: NetworkFault): string {
  const often = times === "always" ? "always" : times === 1 ? "once" : `${times} times`;
  const place = at === undefined ? "" : ` at byte ${at}`;
  return `Fault '${kind}'${place}${image ? ` of ${image}` : ""} ${often}`;
}

const shortVerdict = ({ verdict, subject }: TriedCase): string =>
  ({
    bricked: "nothing starts any more",
    stuck: "the device is stuck until somebody goes there",
    "stuck-reachable": "the device does not come to MicroPython by itself, but stays reachable",
    "falls-back": `the old firmware runs again from '${subject.scenario.start.name}' or another slot`,
    resumes: "the device goes on by itself",
    completes: "the device is migrated",
  })[verdict];
