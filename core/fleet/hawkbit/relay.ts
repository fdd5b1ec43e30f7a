import {
  type Attribute,
  patternText,
  type ReportPattern,
  STEP_ATTRIBUTE,
  type Stage,
  stagesOf,
} from "../stages";

/**
 * What a relay tells hawkBit for the lines of a repartitioner, which speaks no DDI itself. Names of fields and values are
 * those of hawkBit's `DdiConfigData`, `DdiActionFeedback`, `DdiStatus` and `DdiResult`.
 */
interface RelayRule {
  /** The line contains this. */
  readonly line: string;
  /** For the action of which stage. */
  readonly stage: Stage["id"];
  readonly configData: { readonly mode: "merge"; readonly data: Readonly<Record<string, string>> };
  readonly feedback: Feedback;
}

interface Feedback {
  readonly status: {
    readonly execution: "closed" | "proceeding";
    readonly result: { readonly finished: "success" | "failure" | "none" };
  };
}

interface Relay {
  readonly configData: string;
  readonly feedback: string;
  readonly authorization: string;
  readonly device: string;
  readonly release: string;
  readonly rules: readonly RelayRule[];
  readonly otherwise: { readonly sentence: string; readonly feedback: Feedback };
}

/** Every rule, in an order in which the first one that fits counts. */
export const hawkbitRelay = (version: string): Relay => ({
  configData: "PUT /{tenant}/controller/v1/{controllerId}/configData",
  feedback: "POST /{tenant}/controller/v1/{controllerId}/deploymentBase/{actionId}/feedback",
  authorization: "GatewayToken {token of the tenant}",
  device: "The header X-Crossflash-Device of the report has the MAC; the relay knows its controllerId.",
  release: `These rules are for devices whose action is that of the distribution set crossflash-table or crossflash-micropython, version ${version}. For a device of another release the rules of that one count.`,
  rules: stagesOf(version).flatMap((stage) => [
    rule(stage, stage.done.report, "success", stage.done.attribute),
    ...stage.failures.map((failure) => rule(stage, failure, "failure")),
  ]),
  otherwise: {
    sentence: `Every line sets ${STEP_ATTRIBUTE} to its step and result, such as write-table-ok; one that fits no rule closes nothing.`,
    feedback: feedback("none"),
  },
});

const rule = (
  { id }: Stage,
  report: ReportPattern,
  finished: "success" | "failure",
  attribute?: Attribute,
): RelayRule => ({
  line: patternText(report),
  stage: id,
  configData: {
    mode: "merge",
    data: {
      [STEP_ATTRIBUTE]: `${report.step}-${report.result}`,
      ...(attribute ? { [attribute.name]: attribute.value } : {}),
    },
  },
  feedback: feedback(finished),
});

const feedback = (finished: "success" | "failure" | "none"): Feedback => ({
  status: { execution: finished === "none" ? "proceeding" : "closed", result: { finished } },
});
