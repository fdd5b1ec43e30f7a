import type { MigrationPlan, Range } from "../migrate/plan/plan";
import type { SimulatedSeconds } from "./simulation";

/** What a fleet loses although nothing is done wrong. */
export interface FleetRisk {
  /** Where the durations come from. */
  readonly source: "plan" | "simulation";
  /** How long the power of a device must not fail, in seconds. */
  readonly hazardSeconds: Range;
  /** How long a cut leaves a device that somebody has to visit, in seconds; only a simulation tells it. */
  readonly stuckSeconds: Range | null;
  /** How often the power of a device fails: stated, not measured. */
  readonly cutsPerDeviceAndDay: number;
  /** Probability that it fails in just the seconds that brick the device. */
  readonly perDevice: Range;
  /** The same of those that leave it stuck. */
  readonly stuckPerDevice: Range | null;
  /** What these figures rest on, in whole sentences. */
  readonly assumptions: readonly string[];
}

export interface RiskInput {
  readonly plan: Pick<MigrationPlan, "routes" | "basis">;
  readonly cutsPerDeviceAndDay: number;
  /** Of this migration; it knows what each cut leads to, while the plan takes its whole hazard window. */
  readonly simulation?: Omit<SimulatedSeconds, "fingerprint"> | undefined;
}

/** One a day: more than most devices see, so that nothing looks safer than it is. */
export const DEFAULT_CUT_RATE = 1;

const SECONDS_PER_DAY = 86_400;

/**
 * The risk of cuts of the power. The probability of one is taken as rate × seconds, which is never less than the exact
 * 1 − e^(−rate × seconds) of cuts that come at random.
 */
export function fleetRisk({ plan, cutsPerDeviceAndDay, simulation }: RiskInput): FleetRisk {
  const hazardSeconds = simulation?.brickedSeconds ?? plannedSeconds(plan);
  const stuckSeconds = simulation?.stuckSeconds ?? null;
  const chance = (seconds: number) =>
    Math.min(1, significant((cutsPerDeviceAndDay * seconds) / SECONDS_PER_DAY));
  const chances = ({ typical, most }: Range): Range => ({ typical: chance(typical), most: chance(most) });
  return {
    source: simulation ? "simulation" : "plan",
    hazardSeconds,
    stuckSeconds,
    cutsPerDeviceAndDay,
    perDevice: chances(hazardSeconds),
    stuckPerDevice: stuckSeconds && chances(stuckSeconds),
    assumptions: [
      `The power of every device fails ${cutsPerDeviceAndDay === 1 ? "once" : `${cutsPerDeviceAndDay} times`} a day, at random moments. This is stated, not measured: give the figure of your devices.`,
      ...(simulation ? [SIMULATED, ...simulation.assumptions] : [PLANNED, plan.basis]),
    ],
  };
}

/** Devices that are lost or have to be visited, at worst. */
export const undesiredShare = ({ perDevice, stuckPerDevice }: FleetRisk): number =>
  Math.min(1, perDevice.most + (stuckPerDevice?.most ?? 0));

const SIMULATED = "What each cut leads to was found by a simulation of this migration.";

const PLANNED =
  "A cut while the sector of the partition table is written bricks the device. How long a device can be left stuck, only a simulation tells, and none was given.";

/** Of the route on which it takes longest. */
function plannedSeconds({ routes }: Pick<MigrationPlan, "routes">): Range {
  const windows = routes.flatMap(({ steps }) => steps.filter(({ isHazardWindow }) => isHazardWindow));
  return {
    typical: Math.max(0, ...windows.map(({ seconds }) => seconds.typical)),
    most: Math.max(0, ...windows.map(({ seconds }) => seconds.most)),
  };
}

/** Three digits: more would only pretend to know. */
const significant = (value: number): number => Number(value.toPrecision(3));
