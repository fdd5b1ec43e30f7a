import { sha256Hex } from "../image/sha256Hex";
import { columns } from "../text/columns";
import { hex, sizeText } from "../text/units";
import { type FlashJob, type JobRegion, type RegionPurpose, rangeOf } from "./job";
import type { JobProblem } from "./problem";
import { type FlashRange, rangeText } from "./range";

/** A job as plain data, for JSON and for messages between processes: everything but the bytes. */
export interface JobDescription {
  readonly title: string;
  /** Chip id, `esp32`; null where the job suits any. */
  readonly chip: string | null;
  readonly regions: readonly RegionDescription[];
  readonly erases: readonly FlashRange[];
  readonly lost: readonly string[];
  readonly kept: readonly string[];
  readonly totalBytes: number;
}

export interface RegionDescription extends FlashRange {
  readonly action: "write" | "erase";
  readonly name: string;
  readonly purpose: RegionPurpose;
  readonly why: string;
  /** Of the bytes that are written; null where a region is erased. */
  readonly sha256: string | null;
}

/** The whole job as data that survives JSON. */
export const describeJob = ({
  title,
  chip,
  regions,
  erases,
  lost,
  kept,
  totalBytes,
}: FlashJob): JobDescription => ({
  title,
  chip: chip?.id ?? null,
  regions: regions.map(describeRegion),
  erases,
  lost,
  kept,
  totalBytes,
});

const describeRegion = (region: JobRegion): RegionDescription => ({
  ...rangeOf(region),
  action: region.kind,
  name: region.name,
  purpose: region.purpose,
  why: region.why,
  sha256: region.kind === "write" ? sha256Hex(region.bytes) : null,
});

/** The whole job as lines for people: a table of the regions, what is erased, what is lost and what is kept. */
export const jobLines = (job: FlashJob): string[] => [
  job.chip ? `${job.title} (${job.chip.name})` : job.title,
  "",
  ...columns([["Address", "Size", "Action", "What", "Why"], ...job.regions.map(cellsOf)]),
  "",
  `${writtenText(job.totalBytes)} Erased are ${job.erases.map(rangeText).join(", ")}.`,
  ...section("Lost:", job.lost),
  ...section("Kept:", job.kept),
];

/** What preflight found, a line for each problem. */
export const problemLines = (problems: readonly JobProblem[]): string[] =>
  problems.map(({ severity, message }) => `${severity}: ${message}`);

const cellsOf = (region: JobRegion): string[] => {
  const { address, size } = rangeOf(region);
  return [hex(address), hex(size), region.kind, region.name, region.why];
};

const writtenText = (bytes: number): string =>
  bytes === 0 ? "Nothing is written." : `${sizeText(bytes)} are written.`;

const section = (heading: string, sentences: readonly string[]): string[] =>
  sentences.length === 0 ? [] : ["", heading, ...sentences.map((sentence) => `  ${sentence}`)];
