import type { FlashJob } from "../../core/job/job";
import type { Progress, RunResult, Task } from "./board";
import { eraseDifferences } from "./eraseRegion";
import { jobFault } from "./faultText";
import type { BoardLoader } from "./loader";
import { outcomeOf, type RegionState, regionState } from "./regionState";
import { ATTEMPTS, afterError, TooOftenError } from "./retrying";
import { type Watch, watchOf } from "./task";
import { writeDifferences } from "./writeRegion";

/** What is done of one region; the others are counted by `runJob`. */
export interface RegionWatch {
  check(): void;
  /** Bytes of the region. */
  report(phase: Progress["phase"], done: number): void;
}

/**
 * Region by region: asks for its MD5, sends what differs, and asks again. After an error nothing counts as verified
 * until it was asked once more, because a damaged command may have hit any address.
 */
export async function runJob(loader: BoardLoader, job: FlashJob, task?: Task): Promise<RunResult> {
  const states = job.regions.map(regionState);
  const watch = jobWatch(states, task);
  let sentBytes = 0;
  let current: RegionState | undefined;
  try {
    for (current = next(states); current; current = next(states)) {
      sentBytes += await attempt(loader, states, current, watch(current));
    }
    return { outcomes: states.map(outcomeOf), sentBytes };
  } catch (error) {
    throw jobFault(error, states, current);
  }
}

const next = (states: readonly RegionState[]): RegionState | undefined =>
  states.find(({ status }) => status !== "verified");

/** Gives the bytes that were sent, also where they did not arrive. */
async function attempt(
  loader: BoardLoader,
  states: readonly RegionState[],
  state: RegionState,
  watch: RegionWatch,
): Promise<number> {
  let sent = 0;
  let problem: unknown;
  try {
    if (await holds(loader, state, watch, "compare")) return 0;
    sent = await bringUp(loader, state, watch);
    if (await holds(loader, state, watch, "verify")) return sent;
    state.status = "different";
  } catch (error) {
    await afterError(loader, error);
    problem = error;
  }
  forget(states, state);
  state.failures++;
  if (state.failures === ATTEMPTS) throw new TooOftenError(problem);
  return sent;
}

/** Asks the board; what it confirms is verified. */
async function holds(
  loader: BoardLoader,
  state: RegionState,
  watch: RegionWatch,
  phase: "compare" | "verify",
): Promise<boolean> {
  watch.check();
  if ((await loader.md5(state.range)) !== state.md5) return false;
  state.status = "verified";
  state.touched = undefined;
  watch.report(phase, state.range.size);
  return true;
}

async function bringUp(loader: BoardLoader, state: RegionState, watch: RegionWatch): Promise<number> {
  if (state.region.kind === "write") return writeDifferences(loader, state, state.region, watch);
  await eraseDifferences(loader, state, watch);
  return 0;
}

/** What was verified before an error has to be asked again. */
function forget(states: readonly RegionState[], failed: RegionState): void {
  for (const state of states)
    if (state !== failed && state.status === "verified")
      state.status = state.written ? "partial" : "untouched";
}

const jobWatch = (states: readonly RegionState[], task: Task | undefined) => {
  const watch: Watch = watchOf(
    task,
    states.reduce((sum, { range }) => sum + range.size, 0),
  );
  const done = new Map<RegionState, number>();
  return (state: RegionState): RegionWatch => ({
    check: watch.check,
    report(phase, bytes) {
      done.set(state, Math.max(done.get(state) ?? 0, bytes));
      const all = [...done.values()].reduce((sum, part) => sum + part, 0);
      watch.report(phase, state.region.name, all);
    },
  });
};
