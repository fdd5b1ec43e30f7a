import { failure, type Result, success } from "../../result";
import type { RolloutGroup } from "../canary";
import { type FleetRelease, imageOf } from "../release";
import type { Stage } from "../stages";
import type { Json } from "./steps";

/** What follows for the fleet and not for the release. */
export interface RolloutOptions {
  /** RSQL of the devices of the canary, where they are chosen by hand. */
  readonly canary?: string | undefined;
  /** Whether the action of the first stage is closed only when the table is verified. */
  readonly isClosedByGate: boolean;
}

/** hawkBit refuses groups below this (`RolloutHelper.verifyRolloutGroupHasConditions`). */
const LEAST_PERCENT = 1;

/**
 * The rollout of the first stage (`MgmtRolloutRestRequestBodyPost`). Percentages are shares of all devices that the filter
 * of the group's kind finds, as hawkBit counts them since 0.5 (`RolloutHelper.toPercentFromTheRest`). It is created, not
 * started.
 */
export function rolloutBody(
  release: FleetRelease,
  name: string,
  filter: string,
  set: string,
  options: RolloutOptions,
): Result<{ readonly [name: string]: Json }, "groups"> {
  const { groups, devices } = release.rollout;
  if (devices === undefined)
    return failure(
      "groups",
      0,
      "The release has no groups, because nobody said how many devices there are. Make it again with --devices.",
    );
  const [canary, ...others] = groups;
  if (!canary) return failure("groups", 0, "The release has no groups.");
  const shared = options.canary === undefined ? devices : devices - canary.size;
  const percent = (size: number): number => Number(((size / shared) * 100).toFixed(4));
  if (options.canary === undefined && percent(canary.size) < LEAST_PERCENT)
    return failure(
      "groups",
      0,
      `hawkBit takes no group below ${LEAST_PERCENT} % of the devices, and the canary has ${canary.size} of ${devices}. Choose these ${canary.size} devices and say which they are with --canary.`,
    );
  const first =
    options.canary === undefined
      ? { targetPercentage: percent(canary.size) }
      : { targetFilterQuery: options.canary, targetPercentage: 100 };
  return success({
    name,
    description: `Partition table; repartitioner ${imageOf(release, "repartitioner").version}`,
    targetFilterQuery: filter,
    distributionSetId: { $id: set },
    type: "forced",
    groups: [
      { ...groupBody(canary, options, true), ...first },
      ...others.map((group) => ({
        ...groupBody(group, options, false),
        targetPercentage: percent(group.size),
      })),
    ],
  });
}

/**
 * A rollout goes on by itself only where a finished action means that the gate was passed. Otherwise, and behind the canary
 * always, somebody resumes it.
 */
const groupBody = (
  { name, size, successPercent, errorPercent }: RolloutGroup,
  { isClosedByGate }: RolloutOptions,
  isCanary: boolean,
) => ({
  name,
  description: `${size} ${size === 1 ? "device" : "devices"}`,
  successCondition: { condition: "THRESHOLD", expression: String(successPercent) },
  successAction: { action: isCanary || !isClosedByGate ? "PAUSE" : "NEXTGROUP" },
  errorCondition: { condition: "THRESHOLD", expression: String(errorPercent) },
  errorAction: { action: "PAUSE" },
});

export const nameOfRelease = ({ version }: FleetRelease, what: Stage["id"] | "gate"): string =>
  `crossflash-${version}-${what}`;
