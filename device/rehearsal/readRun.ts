import { type BoardIdentity, boardName, otherBoard } from "../../core/job/board";
import { readPlaces } from "../../core/rehearsal/checks";
import type { PlannedCut } from "../../core/rehearsal/cuts";
import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import type { RehearsalRun } from "../../core/rehearsal/report";
import { runOf } from "../../core/rehearsal/run";
import { BoardFault } from "../flasher/fault";
import type { RehearsalDesk } from "./desk";
import type { Followed } from "./followBoard";

/** Reads back what a board holds that has arrived, and says what the run came to. */
export async function readRun(
  { rehearsal, desk }: { readonly rehearsal: Rehearsal; readonly desk: RehearsalDesk },
  { following, why, isAnswering }: Followed,
  cuts: readonly PlannedCut[],
  expected: BoardIdentity,
): Promise<RehearsalRun> {
  if (following.end !== "arrived") return runOf(rehearsal, following, cuts, undefined, why);
  desk.tell({ kind: "stage", text: "The board is read back", share: 0.9 });
  const board = await desk.connect();
  try {
    if (otherBoard(expected, board.identity) !== undefined)
      throw new BoardFault(
        "other-board",
        `The board that answers now is ${boardName(board.identity)}, but ${boardName(expected)} was rehearsed, which runs MicroPython. Nothing of this one was read or written.`,
      );
    const places = readPlaces(rehearsal);
    const { signal } = desk;
    const bytes = {
      table: await board.read(places.table, { signal }),
      slot: await board.read(places.slot, { signal }),
      otadata: await board.read(places.otadata, { signal }),
      filesystem: await board.read(places.filesystem, { signal }),
    };
    await board.restart().catch(() => undefined);
    return runOf(rehearsal, following, cuts, { bytes, banner: following.banner, isAnswering }, why);
  } finally {
    await board.close();
  }
}
