import type { MigrationPlan, Range } from "../migrate/plan/plan";

/** What a fleet loses although nothing is done wrong. */
export interface FleetRisk {
  /** How long the power of a device must not fail, in seconds. */
  readonly hazardSeconds: Range;
  /** How often the power of a device fails: stated, not measured. */
  readonly cutsPerDeviceAndDay: number;
  /** Probability that it fails in just these seconds, which bricks the device. */
  readonly perDevice: Range;
  /** What these figures rest on, in whole sentences. */
  readonly assumptions: readonly string[];
}

export interface RiskInput {
  readonly plan: Pick<MigrationPlan, "routes" | "basis">;
  readonly cutsPerDeviceAndDay: number;
  /** In seconds, where a simulation or a measurement knows better than the datasheet. */
  readonly hazardSeconds?: Range | undefined;
}

/** One a day: more than most devices see, so that nothing looks safer than it is. */
export const DEFAULT_CUT_RATE = 1;

const SECONDS_PER_DAY = 86_400;

/**
 * The risk of the hazard window. The probability of a cut is taken as rate × seconds, which is never less than the exact
 * 1 − e^(−rate × seconds) of cuts that come at random.
 */
export function fleetRisk({ plan, cutsPerDeviceAndDay, hazardSeconds }: RiskInput): FleetRisk {
  const seconds = hazardSeconds ?? plannedSeconds(plan);
  const chance = (duration: number) =>
    Math.min(1, significant((cutsPerDeviceAndDay * duration) / SECONDS_PER_DAY));
  return {
    hazardSeconds: seconds,
    cutsPerDeviceAndDay,
    perDevice: { typical: chance(seconds.typical), most: chance(seconds.most) },
    assumptions: [
      `The power of every device fails ${cutsPerDeviceAndDay} times a day, at random moments. This is stated, not measured: give the figure of your devices.`,
      "A cut while the sector of the partition table is written bricks the device; a cut at any other moment costs time only, as long as the repartitioner keeps to the order of the plan.",
      hazardSeconds === undefined ? plan.basis : "The duration of the hazard window was given.",
    ],
  };
}

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
