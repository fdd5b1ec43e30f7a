import type { FlashJob } from "../../core/job/job";
import { type FlashRange, rangeEnd } from "../../core/job/range";
import type { Progress, RunResult, Task } from "./board";
import { eraseDifferences } from "./eraseRegion";
import { jobFault, strayFault } from "./faultText";
import type { BoardLoader } from "./loader";
import type { RegionStatus } from "./outcome";
import { hasStrayed, outcomeOf, type RegionState, regionState } from "./regionState";
import { ATTEMPTS, afterError, TooOftenError } from "./retrying";
import { findWitness, stands, untouchedBy } from "./strays";
import { watchOf } from "./task";
import { writeDifferences } from "./writeRegion";

/** What is done of one region; the others are counted by `runJob`. */
export interface RegionWatch {
  check(): void;
  /** Bytes of the region. */
  report(phase: Progress["phase"], done: number): void;
}

/**
 * Region by region: asks for its MD5, sends what differs, and asks again. After an error nothing counts as verified
 * until the board was asked once more. Fails although everything is verified where something else may have been hit.
 * `flashEnd`: what can be reached of the flash, in bytes.
 */
export async function runJob(
  loader: BoardLoader,
  job: FlashJob,
  flashEnd: number | undefined,
  task?: Task,
): Promise<RunResult> {
  const states = job.regions.map(regionState);
  const untouched = untouchedBy(job, flashEnd);
  const watch = jobWatch(states, task);
  let current: RegionState | undefined;
  try {
    for (current = next(states); current; current = next(states))
      if (!(await attempt(loader, current, untouched, watch(current)))) forgetVerified(states);
  } catch (error) {
    if (error instanceof TooOftenError) await askVerifiedAgain(loader, states);
    throw jobFault(error, states, current);
  }
  if (untouched.length > 0 && states.some(hasStrayed)) throw strayFault(states);
  return { outcomes: states.map(outcomeOf), sentBytes: sum(states.map(({ sentBytes }) => sentBytes)) };
}

const next = (states: readonly RegionState[]): RegionState | undefined =>
  states.find(({ status }) => status !== "verified");

/** Whether the region is verified now. */
async function attempt(
  loader: BoardLoader,
  state: RegionState,
  untouched: readonly FlashRange[],
  watch: RegionWatch,
): Promise<boolean> {
  let problem: unknown;
  try {
    if (await holds(loader, state, watch, "compare")) return true;
    const witness = await findWitness(loader, untouched, rangeEnd(state.range));
    if (state.region.kind === "write") await writeDifferences(loader, state, state.region, watch);
    else await eraseDifferences(loader, state, watch);
    if (witness && !(await stands(loader, witness))) state.overrun = witness.range;
    // Answers carry no checksum either, so one that says no is asked for again.
    for (let asked = 0; asked < 2; asked++) if (await holds(loader, state, watch, "verify")) return true;
    state.status = "different";
    state.strayed = true;
  } catch (error) {
    problem = error;
    await afterError(loader, error);
  }
  state.failures++;
  if (state.failures === ATTEMPTS) throw new TooOftenError(problem);
  return false;
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

/** A damaged command may have hit any address. */
function forgetVerified(states: readonly RegionState[]): void {
  for (const state of states) if (state.status === "verified") state.status = unverified(state);
}

const unverified = ({ written }: RegionState): RegionStatus => (written ? "partial" : "untouched");

/** Before the job is given up: what is told of the other regions has to be so. */
async function askVerifiedAgain(loader: BoardLoader, states: readonly RegionState[]): Promise<void> {
  for (const state of states.filter(({ status }) => status === "verified")) {
    const md5 = await loader.md5(state.range).catch(() => undefined);
    if (md5 !== state.md5) state.status = md5 === undefined ? unverified(state) : "different";
  }
}

const jobWatch = (states: readonly RegionState[], task: Task | undefined) => {
  const total = sum(states.map(({ range }) => range.size));
  const watch = watchOf(task, () => total);
  const done = new Map<RegionState, number>();
  return (state: RegionState): RegionWatch => ({
    check: watch.check,
    report(phase, bytes) {
      done.set(state, Math.max(done.get(state) ?? 0, bytes));
      watch.report(phase, state.region.name, sum([...done.values()]));
    },
  });
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
