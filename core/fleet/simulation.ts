import type { Range } from "../migrate/plan/plan";
import { failure, type Result, success } from "../result";
import type { SimulationReport } from "../sim/report";
import { isRecord } from "./isRecord";

/** What a simulation tells of a fleet, in seconds. */
export interface SimulatedSeconds
  extends Pick<SimulationReport["losses"], "brickedSeconds" | "stuckSeconds" | "assumptions"> {
  /** Of the migration that was simulated. */
  readonly fingerprint: string;
}

/** `form`: it is no such report; `unfit`: it says nothing that a fleet may rely on. */
type SimulationFault = "form" | "unfit";

const FORM: SimulationReport["form"] = "crossflash-simulation-1";

/**
 * Takes from the JSON of a simulation what decides the risk. One that was cut off, of another procedure, or that found what
 * the plan does not declare is refused: its seconds would be too few. `at` of a failure is always 0.
 */
export function simulatedSeconds(report: unknown): Result<SimulatedSeconds, SimulationFault> {
  if (!isRecord(report) || report.form !== FORM)
    return failure("form", 0, `It is no report of the form ${FORM}.`);
  const { losses, procedure, schedule, coverage, conclusion, fingerprint } = report;
  if (typeof fingerprint !== "string" || !/^[0-9a-f]{64}$/.test(fingerprint))
    return failure(
      "form",
      0,
      "It does not say of which migration it is. Write it with 'crossflash simulate --format json'.",
    );
  if (procedure !== "safe")
    return failure("unfit", 0, "It is of another procedure than that of the plan. Simulate that one.");
  if (!isRecord(schedule) || schedule.kind !== "exhaustive")
    return failure(
      "unfit",
      0,
      "It did not cut the power at every operation, so it does not know for how long a device is at risk. Simulate with --cuts exhaustive.",
    );
  if (!isRecord(coverage) || coverage.isPartial !== false)
    return failure("unfit", 0, "It was ended before all cases were tried. Let it run to its end.");
  if (!isRecord(conclusion) || conclusion.isAsDeclared !== true)
    return failure("unfit", 0, "It found cases that end worse than the plan declares. Look at them first.");
  if (!isRecord(losses) || !isRange(losses.brickedSeconds) || !isRange(losses.stuckSeconds))
    return failure("form", 0, "It does not say how long a cut bricks a device, or leaves it stuck.");
  const { brickedSeconds, stuckSeconds, assumptions } = losses;
  if (!Array.isArray(assumptions) || !assumptions.every(isSentence))
    return failure("form", 0, "It does not say what it assumes.");
  return success({
    fingerprint,
    brickedSeconds: rounded(brickedSeconds),
    stuckSeconds: rounded(stuckSeconds),
    assumptions,
  });
}

const isRange = (value: unknown): value is Range =>
  isRecord(value) && isSeconds(value.typical) && isSeconds(value.most);

const isSeconds = (value: unknown): boolean => typeof value === "number" && value >= 0 && value < 1e6;

const isSentence = (value: unknown): value is string =>
  typeof value === "string" && /^\P{Cc}{1,1000}$/u.test(value);

/** To milliseconds, as the plan has them. */
const rounded = ({ typical, most }: Range): Range => ({
  typical: Math.round(typical * 1000) / 1000,
  most: Math.round(most * 1000) / 1000,
});
