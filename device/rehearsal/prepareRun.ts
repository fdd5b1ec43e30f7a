import type { DeliveryEvent } from "../../core/delivery/events";
import { type BoardIdentity, otherBoard } from "../../core/job/board";
import { fieldJob, routeFrom } from "../../core/rehearsal/fieldJob";
import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import type { Result } from "../../core/result";
import type { Board } from "../flasher/board";
import { BoardFault } from "../flasher/fault";
import { findBoard, type MakeJob, type PreparedJob, prepared } from "../flows/flashFlow";
import type { RehearsalDesk, RehearsalServer } from "./desk";

/** What comes before anything is written; the board goes on with what it did where it comes to nothing. */
export async function begin(
  rehearsal: Rehearsal,
  desk: RehearsalDesk,
  { board, shown }: MadeRun,
  onEvent: (event: DeliveryEvent) => void,
): Promise<RehearsalServer> {
  try {
    if (!(await desk.confirm(shown)))
      throw new BoardFault("cancelled", "Nothing was written: the rehearsal was not confirmed.");
    await desk.beforeWriting?.(board, shown);
    return await desk.startServer(rehearsal.images, onEvent);
  } catch (error) {
    await letGo(board);
    throw error;
  }
}

const letGo = async (board: Board): Promise<void> => {
  await board.restart().catch(() => undefined);
  await board.close();
};

/** A board in its loader, and what is to be written to it. */
export interface MadeRun {
  readonly board: Board;
  readonly shown: PreparedJob;
}

/** What a board is to be before it migrates. */
export interface FieldWishes {
  /** Name of the app partition from which it starts. */
  readonly start?: string | undefined;
  /** Instead of the files of the manifest: what a backup of a device holds. */
  readonly restore?: MakeJob | undefined;
}

/** Reads the board and makes its job; a board for which there is none goes on with what it did. */
export async function prepareRun(
  rehearsal: Rehearsal,
  { start, restore }: FieldWishes,
  desk: RehearsalDesk,
  expected: BoardIdentity | undefined,
): Promise<MadeRun> {
  const board = await desk.connect();
  try {
    const other = expected && otherBoard(expected, board.identity);
    if (other !== undefined) throw new BoardFault("other-board", other);
    const { flashSize } = rehearsal.migration.facts;
    const found = await findBoard(board, { flashSize, signal: desk.signal });
    const route = wanted(routeFrom(rehearsal, start));
    const made = prepared(
      found,
      restore ?? (({ present }) => fieldJob(rehearsal, route.start, present.table)),
    );
    return { board, shown: wanted(made) };
  } catch (error) {
    await letGo(board);
    throw error;
  }
}

/** What cannot be meant is a fault, before anything is written. */
export const wanted = <T>(made: Result<T, string>): T => {
  if (made.ok) return made.value;
  throw new BoardFault("refused", `Nothing was written. ${made.message}`);
};
