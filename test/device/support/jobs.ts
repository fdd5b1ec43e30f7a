import { type FlashJob, type JobRegion, makeJob, rangeOf } from "../../../core/job/job";
import { blank, concat, pattern } from "../../support/bytes";

/** What the tests flash: every kind of region, small enough for hundreds of runs. */
export const SMALL_FLASH = 0x40000;

type Place = Pick<JobRegion, "name" | "purpose" | "address">;
const written = (place: Place, bytes: Uint8Array): JobRegion => ({ kind: "write", why: "", bytes, ...place });
const erased = (place: Place, size: number): JobRegion => ({ kind: "erase", why: "", size, ...place });

export const jobOf = (...regions: readonly JobRegion[]): FlashJob => {
  const job = makeJob({ title: "Flash", regions });
  if (!job.ok) throw new Error(job.message);
  return job.value;
};

export const appJob = (bytes: Uint8Array): FlashJob =>
  jobOf(written({ name: "app", purpose: "app", address: 0x10000 }, bytes));

/** Two blocks: code that does not compress, zeros that compress to nothing, and no multiple of four bytes. */
export const SMALL_APP = concat([pattern(0x4000, 3), new Uint8Array(0x4000), pattern(0x1003, 4)]);

export const smallJob: FlashJob = jobOf(
  written({ name: "partition table", purpose: "table", address: 0x8000 }, pattern(0xc00, 1)),
  erased({ name: "otadata", purpose: "otadata", address: 0xd000 }, 0x2000),
  written({ name: "app", purpose: "app", address: 0x10000 }, SMALL_APP),
  erased({ name: "vfs", purpose: "filesystem", address: 0x2e000 }, 0x6000),
);

/** What a job wants in a region. */
export const wantedBytes = (region: JobRegion): Uint8Array =>
  region.kind === "write" ? region.bytes : blank(region.size);

/** The flash after the job, where it was `before`. */
export const flashAfter = (job: FlashJob, before: Uint8Array): Uint8Array => {
  const after = before.slice();
  for (const { address, size } of job.erases) after.fill(0xff, address, address + size);
  for (const region of job.regions) after.set(wantedBytes(region), rangeOf(region).address);
  return after;
};
