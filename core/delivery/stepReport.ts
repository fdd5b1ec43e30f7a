import { failure, type Result, success } from "../result";
import { isReportedStep, type ReportedStep } from "./steps";

const results = ["started", "ok", "failed", "stopped"] as const;

/** What a repartitioner says of a step. */
export interface StepReport {
  readonly step: ReportedStep;
  readonly result: (typeof results)[number];
  /** The other words of the line, such as `reason` and `attempt`; printable, without blanks. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Characters; the longest line of the repartitioner has fewer than 100. */
export const LONGEST_REPORT = 512;
const MOST_FIELDS = 8;

/**
 * Reads `crossflash: step=<id> result=<word> key=value…`, with or without what ESP-IDF's log puts in front of it. Takes
 * any text, because it comes from the network; a failure is a sentence.
 */
export function readStepReport(line: string): Result<StepReport, "length" | "form" | "step" | "result"> {
  if (line.length > LONGEST_REPORT)
    return failure("length", LONGEST_REPORT, `A report has at most ${LONGEST_REPORT} characters.`);
  const [, words] = /^(?:[EWI] \(\d{1,10}\) )?crossflash: ([\x20-\x7e]+?)\s*$/.exec(line) ?? [];
  const pairs = words?.split(" ").map((word) => /^([a-z][a-z0-9-]{0,31})=([\x21-\x7e]{1,64})$/.exec(word));
  if (!pairs || pairs.length > MOST_FIELDS || pairs.includes(null))
    return failure(
      "form",
      0,
      "A report is one line: 'crossflash: step=… result=…' and words like 'key=value'.",
    );
  const fields = new Map(pairs.flatMap((pair) => (pair ? [[pair[1] ?? "", pair[2] ?? ""] as const] : [])));
  const [step = "", word = ""] = [fields.get("step"), fields.get("result")];
  const result = results.find((one) => one === word);
  if (!isReportedStep(step)) return failure("step", 0, "The report names no step that is known.");
  if (result === undefined)
    return failure("result", 0, `The result of a step is one of ${results.join(", ")}.`);
  fields.delete("step");
  fields.delete("result");
  return success({ step, result, fields: Object.fromEntries(fields) });
}

const reasons = new Map(
  Object.entries({
    protected: "flash encryption or Secure Boot is on",
    "small-flash": "its flash is smaller than the new table needs",
    "foreign-table": "its table is neither the source table nor the target table",
    "foreign-slot": "it runs from a slot that the plan does not know",
    unreachable: "the server cannot be reached",
    status: "the server gave an unexpected answer",
    length: "the length is not the one that was announced",
    sha256: "the SHA-256 is not the one that was expected",
    dropped: "the connection ended early",
    image: "what was downloaded is not the image that was expected",
    flash: "the flash does not keep what is written",
  }),
);

/** Why a step did not end well, as the end of a sentence; what is not known is quoted as it came. */
export const reasonText = ({ fields: { reason } }: StepReport): string =>
  reason === undefined ? "" : (reasons.get(reason) ?? `'${reason}'`);
