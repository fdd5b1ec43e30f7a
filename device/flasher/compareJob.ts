import type { FlashJob, JobRegion } from "../../core/job/job";
import type { Task } from "./board";
import type { BoardLoader } from "./loader";
import type { RegionOutcome, RegionStatus } from "./outcome";
import { outcomeOf, regionState } from "./regionState";
import { retrying } from "./retrying";
import { watchOf } from "./task";

/** What of a job is on the board already, by MD5. */
export async function compareJob(
  loader: BoardLoader,
  job: FlashJob,
  task?: Task,
): Promise<readonly RegionOutcome[]> {
  const states = job.regions.map(regionState);
  const total = states.reduce((sum, { range }) => sum + range.size, 0);
  const watch = watchOf(task, () => total);
  let done = 0;
  for (const state of states) {
    watch.check();
    const md5 = await retrying(loader, () => loader.md5(state.range));
    state.status = md5 === state.md5 ? "verified" : otherwise(state.region);
    done += state.range.size;
    watch.report("compare", state.region.name, done);
  }
  return states.map(outcomeOf);
}

const otherwise = (region: JobRegion): RegionStatus =>
  region.kind === "erase" && region.usedFromStart ? "in use" : "different";
