import { FLASH_BASIS } from "../migrate/plan/flashCost";
import type { Range } from "../migrate/plan/plan";
import { bytesAt, isInside } from "./cases/position";
import type { CaseVerdict, CutReport, ExpectedLosses, OperationReport } from "./report";

/** A fleet, and how often its devices lose power. */
export interface Fleet {
  readonly devices: number;
  /** Power cuts per device and day. */
  readonly cutRate: number;
}

export const DEFAULT_FLEET: Fleet = { devices: 1000, cutRate: 1 };

const DAY = 86_400;

/**
 * How many devices of a fleet are lost: with r power cuts a day, at any time of the day alike, one of them falls into t
 * seconds with the probability 1 - e^(-r·t/86400). `starts`: the operations of each slot from which devices may start.
 */
export function expectedLosses(
  { devices, cutRate }: Fleet,
  starts: readonly (readonly OperationReport[])[],
): ExpectedLosses {
  const seconds = (verdict: CaseVerdict): Range =>
    longest(starts.map((operations) => sum(operations.map((operation) => secondsOf(operation, verdict)))));
  const lost = (seconds: number): number => devices * -Math.expm1((-cutRate * seconds) / DAY);
  const losses = ({ typical, most }: Range): Range => ({ typical: lost(typical), most: lost(most) });
  const [brickedSeconds, stuckSeconds] = [seconds("bricked"), seconds("stuck")];
  return {
    devices,
    cutRate,
    brickedSeconds,
    stuckSeconds,
    bricked: losses(brickedSeconds),
    stuck: losses(stuckSeconds),
    assumptions: ASSUMPTIONS,
  };
}

const ASSUMPTIONS = [
  "Power cuts come at any time alike and do not depend on each other; each device is migrated once.",
  "An erase counts whole as soon as one of the cuts inside it ends so; of a write only the part counts from which it does.",
  "Between two operations no time passes: an app that waits there makes the window longer.",
  "Of several slots from which the devices may run the worst one counts for all.",
  "From what is typical to the longest of the datasheet.",
  FLASH_BASIS,
] as const;

/** How long a cut at this operation ends so. */
function secondsOf({ op, size, seconds, cuts }: OperationReport, verdict: CaseVerdict): Range {
  const inside = cuts.filter(({ at }) => isInside(at));
  const isBad = (cut: CutReport): boolean => cut.verdict === verdict;
  if (op === "erase") return times(seconds, inside.some(isBad) ? 1 : 0);
  const places = inside
    .map((cut) => ({ cut, place: placeOf(cut, size) }))
    .toSorted((a, b) => a.place - b.place);
  const share = places.reduce(
    (total, { cut, place }, index) => total + (isBad(cut) ? (places[index + 1]?.place ?? 1) - place : 0),
    0,
  );
  return times(seconds, share);
}

/** How much of a write is done there, from 0 to 1. */
function placeOf({ at }: CutReport, size: number): number {
  const bytes = bytesAt(at);
  if (bytes !== undefined) return bytes / size;
  return at === "begun" ? 0 : at === "middle" ? 0.5 : 1;
}

const times = ({ typical, most }: Range, factor: number): Range => ({
  typical: typical * factor,
  most: most * factor,
});

const sum = (ranges: readonly Range[]): Range => ({
  typical: ranges.reduce((total, { typical }) => total + typical, 0),
  most: ranges.reduce((total, { most }) => total + most, 0),
});

const longest = (ranges: readonly Range[]): Range => ({
  typical: Math.max(0, ...ranges.map(({ typical }) => typical)),
  most: Math.max(0, ...ranges.map(({ most }) => most)),
});
