import { jobLines, problemLines } from "../../core/job/describe";
import type { Board, Progress } from "../../device/flasher/board";
import type { FindOptions, FoundBoard, MakeJob } from "../../device/flows/flashFlow";
import { progressMeter } from "../../device/flows/meter";
import { confirmation, type Plan } from "./confirmation";
import { type Lab, startAgain } from "./lab";
import { planner } from "./planning";
import type { FlashDevice, FlashWindow } from "./ports";
import { comparedVerdict, doneVerdict, failedVerdict, type Verdict } from "./verdict";

export interface Flashing {
  /** Makes the job for each board, shows all of it, and does it where the user agrees. Resolves when all have ended. */
  flash(paths: readonly string[], makeJob: MakeJob, options?: FindOptions): Promise<void>;
  /** Compares the boards with the job; writes nothing. */
  compare(paths: readonly string[], what: string, makeJob: MakeJob, options?: FindOptions): Promise<void>;
  /** Jobs that were begun and have not ended well, one for each board. */
  unfinished(): readonly Plan[];
  /** Does such a job again, to the same board: what is there already is not sent twice. */
  resume(plan: Plan): Promise<void>;
}

export function flashing(lab: Lab, window: FlashWindow, device: () => Promise<FlashDevice>): Flashing {
  const plans = planner(lab, window, device);
  const unfinished = new Map<string, Plan>();

  function setUnfinished(mac: string, made: Plan | undefined): void {
    if (made) unfinished.set(mac, made);
    else unfinished.delete(mac);
    lab.changed();
  }

  /** How a job or a comparison is watched: by the window, by the item of the board, and by its log. */
  function watched<T>(
    { path, board: name, prepared: { identity, job } }: Plan,
    title: string,
    work: (board: Board, task: { signal: AbortSignal; onProgress(progress: Progress): void }) => Promise<T>,
  ): Promise<T> {
    const log = window.log(identity.mac);
    const meter = progressMeter();
    const onLog = (line: string): void => log.trace(line);
    return window.progress(`${name}: ${title}`, (signal, show) =>
      lab.use(path, { title, expected: identity, signal, onLog }, (board, report) => {
        log.info(`${title}: connected at ${board.baudRate()} Bd, ${job.regions.length} regions`);
        const onProgress = (progress: Progress): void => {
          const reading = meter(progress, window.now());
          show(reading);
          report(reading.share);
        };
        return work(board, { signal, onProgress });
      }),
    );
  }

  async function perform(made: Plan): Promise<void> {
    const { prepared, board } = made;
    const { mac } = prepared.identity;
    const log = window.log(mac);
    for (const line of [...jobLines(prepared.job), ...problemLines(prepared.problems)]) log.info(line);
    const { perform: performJob, findBoard } = await device();
    setUnfinished(mac, made);
    await judged(made, async () => {
      const done = await watched(made, prepared.job.title, (loader, task) =>
        performJob(
          readBeforeStart(loader, findBoard, (found) => lab.remember(made.path, found)),
          prepared,
          task,
        ).catch((error: unknown) => {
          lab.forget(made.path);
          throw error;
        }),
      );
      setUnfinished(mac, undefined);
      return doneVerdict(board, done, prepared);
    });
  }

  /** Whatever happens is told: what goes wrong with one board keeps the others from nothing. */
  async function judged(made: Plan, work: () => Promise<Verdict>): Promise<void> {
    const { mac } = made.prepared.identity;
    const verdict = await work().catch((error: unknown) => failedVerdict(made.board, error));
    const log = window.log(mac);
    for (const line of verdict.lines) verdict.kind === "failed" ? log.error(line) : log.info(line);
    const canResume = unfinished.get(mac) === made;
    if (await window.tell(verdict, { mac, canResume })) await resume(made);
  }

  /** The board may hang on another port by now. */
  function resume(made: Plan): Promise<void> {
    const { mac } = made.prepared.identity;
    const now = lab.ports().find(({ identity }) => identity?.mac === mac);
    return perform({ ...made, path: now?.port.path ?? made.path });
  }

  return {
    async flash(paths, makeJob, options = {}) {
      const made = await plans(paths, makeJob, options);
      if (made.length === 0) return;
      const asked = confirmation(made);
      if (await window.confirm(asked)) await Promise.all(asked.plans.map(perform));
    },
    async compare(paths, what, makeJob, options = {}) {
      const made = await plans(paths, makeJob, options);
      await Promise.all(
        made.map((one) =>
          judged(one, async () => {
            const outcomes = await watched(one, `Comparing with ${what}`, async (board, task) => {
              const found = await board.compare(one.prepared.job, task);
              await startAgain(board);
              return found;
            });
            return comparedVerdict(one.board, what, outcomes);
          }),
        ),
      );
    },
    unfinished: () => [...unfinished.values()],
    resume,
  };
}

/** What runs on the board afterwards is read while it still waits in its loader: a reset later would disturb its first start. */
const readBeforeStart = (
  board: Board,
  findBoard: FlashDevice["findBoard"],
  remember: (found: FoundBoard) => void,
): Board => ({
  ...board,
  async restart() {
    await findBoard(board, { depth: "micropython" }).then(remember, () => undefined);
    await board.restart();
  },
});
