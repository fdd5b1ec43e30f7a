import type { FlashJob } from "../../core/job/job";
import { stops } from "../../core/job/preflight";
import { SECTOR } from "../../core/job/range";
import type { Result } from "../../core/result";
import type { Board } from "../../device/flasher/board";
import { isFault } from "../../device/flasher/fault";
import type { FoundBoard, PreparedJob } from "../../device/flows/flashFlow";
import type { ExitCode } from "../command";
import type { Boards, Io } from "../io";
import { type BoardRequest, letRun, withBoard } from "./connect";
import { watchedTask } from "./progress";
import type { Reporter } from "./reporter";
import { showJob, showPerformed } from "./showJob";
import { Stop } from "./stop";

/** Makes the job for the board that was found; without one there is no board to ask, and only some jobs can be made. */
export type Maker = (found?: FoundBoard) => Result<FlashJob, string>;

export interface LookOptions {
  readonly "table-offset"?: number | undefined;
  readonly "flash-size"?: number | undefined;
}

export interface JobOptions extends BoardRequest, LookOptions {
  readonly "dry-run": boolean;
  readonly yes: boolean;
}

/** Shows the job whole, asks where something is lost, does it, and tells what the board's own hashes say. */
export const runJob = (maker: Maker, options: JobOptions, io: Io, reporter: Reporter): Promise<ExitCode> =>
  options["dry-run"]
    ? dryRun(maker, options, io, reporter)
    : withBoard(options, io, async (board, boards): Promise<ExitCode> => {
        const made = await standingJob(maker, board, boards, options, (shown) =>
          showJob(shown, shown, reporter),
        );
        if (!(await agreed(made, options, io)))
          throw new Stop(2, "Nothing was written: the answer was not yes.");
        const task = watchedTask(io);
        const start = io.now();
        const done = await boards.perform(board, made, task).finally(task.end);
        showPerformed(made.job, done, (io.now() - start) / 1000, reporter);
        return 0;
      });

/** The job, once nothing stands against it; `show` has it before, whatever becomes of it. */
export async function standingJob(
  maker: Maker,
  board: Board,
  boards: Boards,
  options: LookOptions,
  show: (made: PreparedJob) => void,
): Promise<PreparedJob> {
  const found = await boards.findBoard(board, lookingOf(options));
  const made = boards.prepared(found, maker);
  if (made.ok) show(made.value);
  if (made.ok && !stops(made.value.problems)) return made.value;
  throw new Stop(1, made.ok ? "Nothing was written, because of the errors above." : made.message);
}

export const lookingOf = (options: LookOptions) => ({
  tableOffset: options["table-offset"],
  flashSize: options["flash-size"],
});

/** Who runs this in a script says so beforehand. */
async function agreed({ job, present }: PreparedJob, { yes }: JobOptions, io: Io): Promise<boolean> {
  const isListed = job.lost.length > 0;
  if (yes || !(isListed || erasesStart(job, present))) return true;
  const answer = await io.ask(isListed ? "Continue? [y/N] " : `Mind that ${START_LOST}. Continue? [y/N] `);
  if (answer === undefined && !io.interrupted().aborted)
    throw new Stop(
      2,
      `Nothing was written: ${isListed ? "something on the board is lost" : START_LOST}, and nobody can be asked. Add --yes to agree.`,
    );
  return /^y(es)?$/i.test(answer ?? "");
}

const START_LOST = "the start of the flash, with bootloader or partition table, would be erased";

/** Bootloader and table are no partitions, so no list of what is lost has them. */
const erasesStart = ({ erases }: FlashJob, { table }: PreparedJob["present"]): boolean =>
  table !== undefined && erases.some(({ address }) => address < table.tableOffset + SECTOR);

async function dryRun(maker: Maker, options: JobOptions, io: Io, reporter: Reporter): Promise<ExitCode> {
  const asked = withBoard(options, io, async (board, boards) => {
    await standingJob(maker, board, boards, options, (shown) => showJob(shown, shown, reporter));
    await letRun(board);
  });
  const unasked = await asked.then(
    () => undefined,
    (error: unknown) => {
      if (isUnreachable(error)) return error;
      throw error;
    },
  );
  if (unasked) {
    reporter.note([`crossflash: No board was asked. ${unasked.message}`]);
    const job = maker();
    if (!job.ok) throw new Stop(1, job.message);
    showJob({ job: job.value, problems: [] }, undefined, reporter);
  }
  reporter.add({ dryRun: true });
  reporter.say(["Nothing was written: this was a dry run."]);
  return 0;
}

/** No port, or nobody who answers on it. */
const isUnreachable = (error: unknown): error is Error =>
  isFault(error) ? error.kind !== "cancelled" : error instanceof Stop && error.code === 2;
