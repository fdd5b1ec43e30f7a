import { type FleetRisk, undesiredShare } from "./risk";

/** How a fleet is begun with a few devices, and what stops it. */
export interface Rollout {
  /** How many devices there are; undefined where nobody said. */
  readonly devices: number | undefined;
  /** A fault that hits at least this share of the devices is to show in the canary. */
  readonly detectedShare: number;
  /** With which probability it is to show. */
  readonly confidence: number;
  /** In their order; the first one is the canary. Without a number of devices it is the only one. */
  readonly groups: readonly RolloutGroup[];
  /** How the sizes came about, in whole sentences. */
  readonly reasons: readonly string[];
}

export interface RolloutGroup {
  readonly name: string;
  /** Devices. */
  readonly size: number;
  /** The next group begins when at least this share of the group has reported the gate of the stage. */
  readonly successPercent: number;
  /** The rollout stops when more than this share of the group has reported a failure. */
  readonly errorPercent: number;
}

export interface CanaryInput {
  readonly risk: FleetRisk;
  readonly devices?: number | undefined;
  readonly confidence: number;
  /** The share of devices that one is ready to lose to a fault that nobody knows of. */
  readonly tolerated: number;
}

export const DEFAULT_CONFIDENCE = 0.95;
export const DEFAULT_TOLERATED = 0.05;
export const MOST_DEVICES = 1_000_000;

/** Each group is so many times the one before. */
const GROWTH = 3;
/** hawkBit takes at most 20,000 targets into a group, unless it is configured otherwise; a rest may come on top. */
const LARGEST_GROUP = 10_000;

/** The groups in which a fleet is migrated, from a canary that is as small as it may be. */
export function proposeRollout({ risk, devices, confidence, tolerated }: CanaryInput): Rollout {
  const detectedShare = Math.max(tolerated, undesiredShare(risk));
  const canary = canarySize(devices, detectedShare, confidence);
  const errorPercent = Math.floor(detectedShare * 100);
  const sizes = devices === undefined ? [canary] : groupSizes(devices, canary);
  return {
    devices,
    detectedShare,
    confidence,
    groups: sizes.map((size, index) => ({
      name: index === 0 ? "canary" : `group-${index + 1}`,
      size,
      successPercent: index === 0 ? 100 : 100 - errorPercent,
      errorPercent: index === 0 ? 0 : errorPercent,
    })),
    reasons: reasons(canary, detectedShare, confidence, devices),
  };
}

/**
 * The smallest number of devices, taken at random, among which at least one is hit with probability `confidence` by a
 * fault that hits `share` of all. For a fleet of N devices with D = ⌈share × N⌉ that are hit, n devices miss all of them
 * with probability (N−D)/N × (N−D−1)/(N−1) × … (n factors); without a number of devices with (1 − share)^n.
 */
export function canarySize(devices: number | undefined, share: number, confidence: number): number {
  const hit = devices === undefined ? undefined : Math.max(1, Math.ceil(share * devices));
  const miss = (index: number): number =>
    devices === undefined || hit === undefined ? 1 - share : (devices - hit - index) / (devices - index);
  // A sum of roundings must not cost a device more.
  const allowed = 1 - confidence + 1e-12;
  let missed = 1;
  let size = 0;
  while (missed > allowed && size < (devices ?? MOST_DEVICES)) {
    missed *= miss(size);
    size++;
  }
  return Math.max(1, size);
}

/** No group but the canary is below a hundredth of the fleet: fleet servers count in per cent. */
function groupSizes(devices: number, canary: number): readonly number[] {
  const least = Math.ceil(devices / 100);
  const sizes = [Math.min(canary, devices)];
  let rest = devices - canary;
  let next = canary;
  while (rest > 0) {
    next = Math.min(LARGEST_GROUP, Math.max(least, next * GROWTH));
    const size = rest - next < least ? rest : next;
    sizes.push(size);
    rest -= size;
  }
  return sizes;
}

const reasons = (size: number, share: number, confidence: number, devices: number | undefined): string[] => [
  `The canary has ${size} ${size === 1 ? "device" : "devices"}: the fewest among which a fault that hits at least ${percent(share)} of ${devices === undefined ? "a large fleet" : `${devices} devices`} shows with a probability of ${percent(confidence)}. This holds for devices taken at random: take some of every hardware revision and of every place.`,
  "The canary must be verified as a whole and stops at the first failure; a device that is bricked reports nothing, so it is missing, and the rollout stands still.",
  ...(devices === undefined
    ? ["How many devices there are was not said, so there are no further groups."]
    : [
        `Each further group is ${GROWTH} times the one before, at most ${LARGEST_GROUP} devices and at least a hundredth of the fleet.`,
      ]),
];

const percent = (share: number): string => `${Number((share * 100).toPrecision(4))} %`;
