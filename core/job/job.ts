import type { ChipTarget } from "../chip/targets";
import { type Failure, failure, type Result, success } from "../result";
import type { PartitionEntry } from "../table/entry";
import { hex } from "../text/units";
import { type Consequences, consequencesOf, type PresentTable } from "./consequences";
import {
  ADDRESS_SPACE,
  type FlashRange,
  mergedRanges,
  rangeEnd,
  rangeText,
  SECTOR,
  sectorsOf,
} from "./range";

export type RegionPurpose = "bootloader" | "table" | "otadata" | "app" | "filesystem" | "other";

/** What a region is, whether it is written or erased. */
interface RegionFacts {
  /** Flash address in bytes, the start of a sector. */
  readonly address: number;
  /** The partition's name, or what lies there: `bootloader`. */
  readonly name: string;
  readonly purpose: RegionPurpose;
  /** One sentence: why the job touches it. */
  readonly why: string;
  /** Bytes of the partition that holds it, where it is known: what is written must not be longer. */
  readonly room?: number | undefined;
}

/** Bytes that go to an address; the sectors they touch are erased first. */
export interface WriteRegion extends RegionFacts {
  readonly kind: "write";
  readonly bytes: Uint8Array;
}

/** Whole sectors that become FF. */
export interface EraseRegion extends RegionFacts {
  readonly kind: "erase";
  /** Bytes, a multiple of a sector. */
  readonly size: number;
  /** Bootloader or app write here when they start, so a board that has run is right although it is blank no more. */
  readonly usedFromStart?: true;
}

export type JobRegion = WriteRegion | EraseRegion;

/** All that will happen to a board's flash, as data: shown whole before anything is written. */
export interface FlashJob extends Consequences {
  readonly title: string;
  /** The chip that it is for; undefined where it suits any. */
  readonly chip?: ChipTarget | undefined;
  /** MAC of the board whose contents it holds, where it restores a backup. */
  readonly backupOf?: string | undefined;
  /** In order of address; they share no sector. */
  readonly regions: readonly JobRegion[];
  /** Every sector that is erased, by writing or by erasing, as ranges that do not touch. */
  readonly erases: readonly FlashRange[];
  /** Bytes that are written; erasing alone writes none. */
  readonly totalBytes: number;
}

export type JobFault =
  | "empty"
  | "address"
  | "alignment"
  | "overlap"
  | "table"
  | "image"
  | "slot"
  | "partition"
  | "backup";

/** What a job is made from. The table that the board has and the one that it gets tell what is lost. */
export interface JobParts extends Pick<FlashJob, "title" | "chip" | "backupOf"> {
  readonly regions: readonly JobRegion[];
  readonly present?: PresentTable | undefined;
  /** The rows of the new table; undefined where the job leaves the table as it is. */
  readonly after?: readonly PartitionEntry[] | undefined;
}

/** Puts the regions in order; refused where they are no job. `at` of a failure is a flash address. */
export function makeJob({
  title,
  chip,
  backupOf,
  regions,
  present,
  after,
}: JobParts): Result<FlashJob, JobFault> {
  const fault = regionsFault(regions);
  if (fault) return fault;
  const sorted = regions.toSorted((a, b) => a.address - b.address);
  const erases = mergedRanges(sorted.map((region) => sectorsOf(rangeOf(region))));
  const totalBytes = sorted.reduce(
    (sum, region) => sum + (region.kind === "write" ? region.bytes.length : 0),
    0,
  );
  return success({
    title,
    chip,
    backupOf,
    regions: sorted,
    erases,
    totalBytes,
    ...consequencesOf(erases, present, after),
  });
}

/** The bytes that a region covers, in flash. */
export const rangeOf = (region: JobRegion): FlashRange => ({
  address: region.address,
  size: region.kind === "write" ? region.bytes.length : region.size,
});

/** The first reason why these regions cannot be written one after the other without harm. */
export function regionsFault(regions: readonly JobRegion[]): Failure<JobFault> | undefined {
  if (regions.length === 0) return failure("empty", 0, "The job has nothing to write and nothing to erase.");
  for (const region of regions) {
    const fault = regionFault(region);
    if (fault) return fault;
  }
  const sorted = regions.toSorted((a, b) => a.address - b.address);
  const index = sorted.findIndex((region, at) => {
    const next = sorted[at + 1];
    return next !== undefined && rangeEnd(sectorsOf(rangeOf(region))) > next.address;
  });
  const [first, second] = sorted.slice(index, index + 2);
  return index >= 0 && first && second ? overlapFault(first, second) : undefined;
}

function regionFault(region: JobRegion): Failure<JobFault> | undefined {
  const range = rangeOf(region);
  const { address } = range;
  if (!(Number.isInteger(address) && address >= 0 && rangeEnd(range) <= ADDRESS_SPACE))
    return failure("address", address, `'${region.name}' does not lie in flash: ${rangeText(range)}.`);
  if (!(Number.isInteger(range.size) && range.size > 0))
    return failure(
      "empty",
      address,
      `There is nothing to write to '${region.name}' at ${hex(address)}: the file is empty.`,
    );
  if (address % SECTOR === 0 && (region.kind === "write" || range.size % SECTOR === 0)) return undefined;
  const what =
    address % SECTOR === 0 ? `would end at ${hex(rangeEnd(range))}` : `would begin at ${hex(address)}`;
  return failure(
    "alignment",
    address,
    `'${region.name}' ${what}, inside a flash sector. Flash is erased in sectors of ${hex(SECTOR)} bytes, so its neighbour would be lost. Choose multiples of ${hex(SECTOR)}.`,
  );
}

const overlapFault = (first: JobRegion, second: JobRegion): Failure<JobFault> =>
  failure(
    "overlap",
    second.address,
    `'${first.name}' (${rangeText(rangeOf(first))}) reaches into '${second.name}' (${rangeText(rangeOf(second))}), so one would destroy the other. Choose a smaller file for '${first.name}' or a place for '${second.name}' behind it.`,
  );
