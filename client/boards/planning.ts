import type { FindOptions, FoundBoard, MakeJob } from "../../device/flows/flashFlow";
import { Refusal } from "../refusal";
import type { Plan } from "./confirmation";
import { type Lab, type LabPort, startAgain } from "./lab";
import { calledIn } from "./labels";
import type { FlashDevice, FlashWindow } from "./ports";
import { failedVerdict } from "./verdict";

/** Reads boards and makes the job for each of them; nothing is written. */
export type Planner = (
  paths: readonly string[],
  makeJob: MakeJob,
  options: FindOptions,
) => Promise<readonly Plan[]>;

export function planner(lab: Lab, window: FlashWindow, device: () => Promise<FlashDevice>): Planner {
  const called = (path: string): string => {
    const shown = lab.at(path);
    return shown ? calledIn(shown) : path;
  };

  /** Reads the board and starts it again, so that it does not wait in its loader while the user reads. */
  async function plan(
    path: string,
    makeJob: MakeJob,
    options: FindOptions,
    signal: AbortSignal,
  ): Promise<Plan> {
    const lines: string[] = [];
    const title = `Reading what is on ${called(path)}`;
    const onLog = (line: string): void => void lines.push(line);
    return lab.use(path, { title, signal, onLog }, async (board) => {
      const { findBoard, prepared } = await device();
      try {
        const found = await findBoard(board, { ...options, signal });
        if (!isKnown(lab.at(path), found)) lab.remember(path, found);
        const log = window.log(found.identity.mac);
        for (const line of lines) log.trace(line);
        const made = prepared(found, makeJob);
        if (!made.ok) throw new Refusal(`Nothing was written. ${made.message}`);
        return { path, board: called(path), prepared: made.value };
      } finally {
        await startAgain(board);
      }
    });
  }

  /** Each board for itself: what goes wrong with one is told and keeps the others from nothing. */
  async function planOrTell(path: string, makeJob: MakeJob, options: FindOptions): Promise<Plan | undefined> {
    try {
      return await planned(path, makeJob, options);
    } catch (error) {
      void window.tell(failedVerdict(called(path), error), { mac: "", canResume: false });
      return undefined;
    }
  }
  const planned = (path: string, makeJob: MakeJob, options: FindOptions): Promise<Plan> =>
    window.progress(`Reading what is on ${called(path)}`, (signal) => plan(path, makeJob, options, signal));

  return async (paths, makeJob, options) => {
    const [only, ...others] = paths;
    // With one board the command itself fails.
    if (only !== undefined && others.length === 0) return [await planned(only, makeJob, options)];
    const made = await Promise.all(paths.map((path) => planOrTell(path, makeJob, options)));
    return made.filter((one) => one !== undefined);
  };
}

/** What was read deeper before is not forgotten. */
const isKnown = (shown: LabPort | undefined, { identity }: FoundBoard): boolean =>
  shown?.found !== undefined && shown.identity?.mac === identity.mac;
