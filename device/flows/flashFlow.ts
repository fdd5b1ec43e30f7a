import { type BoardIdentity, otherBoard, type PresentBoard } from "../../core/job/board";
import { type BoardState, presentBoard, type StateQuestion } from "../../core/job/boardState";
import type { FlashJob } from "../../core/job/job";
import { preflight } from "../../core/job/preflight";
import type { JobProblem } from "../../core/job/problem";
import { rangeEnd } from "../../core/job/range";
import { type Result, success } from "../../core/result";
import type { Board, RunResult, Task } from "../flasher/board";
import { BoardFault } from "../flasher/fault";

/** A board as it was found: who it is and what is on it. */
export interface FoundBoard {
  /** With the flash size that the user stated where the chip did not tell one. */
  readonly identity: BoardIdentity;
  readonly state: BoardState;
  /** What jobs and preflight need to know of the state. */
  readonly present: PresentBoard;
}

/** Makes the job for this board: jobs that need its flash size or its table get them here. */
export type MakeJob = (found: FoundBoard) => Result<FlashJob, string>;

/** All there is to show before anything is written. */
export interface PreparedJob extends FoundBoard {
  readonly job: FlashJob;
  /** The worst first; with an error among them `perform` refuses. */
  readonly problems: readonly JobProblem[];
}

export interface FindOptions extends Task, Pick<StateQuestion, "tableOffset"> {
  /** Bytes, as the user states them; counts only where the chip does not tell. */
  readonly flashSize?: number | undefined;
  /** `heads` unless told otherwise, which is enough for every job. */
  readonly depth?: StateQuestion["depth"] | undefined;
}

export interface Performed extends RunResult {
  /** False where the board did not take the reset: what was written is verified all the same. */
  readonly restarted: boolean;
}

/** Reads what is on a board. Failures are `BoardFault`s. */
export async function findBoard(
  board: Board,
  { flashSize, depth = "heads", tableOffset, ...task }: FindOptions = {},
): Promise<FoundBoard> {
  const identity = { ...board.identity, flashSize: board.identity.flashSize ?? flashSize };
  const state = await board.state({ depth, tableOffset }, task);
  return { identity, state, present: presentBoard(state) };
}

/** Reads the board, makes the job and asks preflight; nothing is written. A failure is what makes no job. */
export async function prepare(
  board: Board,
  makeJob: MakeJob,
  options: FindOptions = {},
): Promise<Result<PreparedJob, string>> {
  return prepared(await findBoard(board, options), makeJob);
}

/** The same for a board that was read already. */
export function prepared(found: FoundBoard, makeJob: MakeJob): Result<PreparedJob, string> {
  const made = makeJob(found);
  if (!made.ok) return made;
  const job = erasesAll(made.value, found.identity) ? { ...made.value, kept: [] } : made.value;
  return success({ ...found, job, problems: preflight(job, found.identity, found.present) });
}

/** How large the flash is, only the board knows; with all of it erased, there is nothing else that could be kept. */
const erasesAll = ({ erases }: FlashJob, { flashSize = Number.POSITIVE_INFINITY }: BoardIdentity): boolean =>
  erases.some((range) => range.address === 0 && rangeEnd(range) >= flashSize);

/**
 * Does what was shown, to the board that was shown: another chip or MAC that answers by now is a `BoardFault` of kind
 * `other-board`, a job that preflight stops one of kind `refused`, and neither is touched. Then starts the board.
 * To resume, connect again and perform the same again.
 */
export async function perform(board: Board, shown: PreparedJob, task: Task = {}): Promise<Performed> {
  const other = otherBoard(shown.identity, board.identity);
  if (other !== undefined) throw new BoardFault("other-board", other);
  const stopping = shown.problems.find(({ severity }) => severity === "error");
  if (stopping) throw new BoardFault("refused", `Nothing was written. ${stopping.message}`);
  const result = await board.run(shown.job, task);
  return { ...result, restarted: await restarted(board) };
}

const restarted = (board: Board): Promise<boolean> =>
  board.restart().then(
    () => true,
    () => false,
  );
