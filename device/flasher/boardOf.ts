import type { BoardIdentity } from "../../core/job/board";
import { type BoardState, readBoard } from "../../core/job/boardState";
import type { FlashPiece } from "../../core/job/flashBytes";
import { rangeOf } from "../../core/job/job";
import { type FlashRange, rangeText, totalSize } from "../../core/job/range";
import { messageOf } from "../../core/text/reason";
import { concat } from "../bytes";
import type { Board, Task } from "./board";
import { compareJob } from "./compareJob";
import { BoardFault } from "./fault";
import { notResetText, readingFault } from "./faultText";
import { leaveLoader } from "./leaveLoader";
import type { BoardLoader } from "./loader";
import { reachableSize, refuseBeyond } from "./reach";
import { resetIntoFlash } from "./reset";
import { retrying } from "./retrying";
import { runJob } from "./runJob";
import { stopIfCancelled, type Watch, watchOf } from "./task";

/** Bytes at once at the least and at the most, so that a cancelled read stops within a second or so. */
const PIECES = { least: 0x2000, most: 0x40000 } as const;
/** Questions of a state follow from each other; a board needs a handful of rounds. */
const STATE_ROUNDS = 32;

/** The board behind a loader whose stub runs. */
export function boardOf(loader: BoardLoader, identity: BoardIdentity): Board {
  const exclusively = oneAtATime();

  const readRange = async (range: FlashRange, watch: Watch, before = 0): Promise<Uint8Array> => {
    const parts: Uint8Array[] = [];
    for (let done = 0; done < range.size; ) {
      watch.check();
      const size = Math.min(pieceSize(loader.line.baudrate), range.size - done);
      parts.push(await retrying(loader, () => loader.readPiece({ address: range.address + done, size })));
      done += size;
      watch.report("read", "", before + done);
    }
    return concat(parts);
  };
  /** What only reads: nothing is to be said of the flash. */
  const asking = <T>(what: string, range: FlashRange | undefined, work: () => Promise<T>): Promise<T> =>
    exclusively(async () => {
      if (range) refuseBeyond([range], identity);
      try {
        return await work();
      } catch (error) {
        throw readingFault(error, what);
      }
    });
  const state = async (question: Parameters<Board["state"]>[0], task?: Task): Promise<BoardState> => {
    const pieces: FlashPiece[] = [];
    const whole = { ...question, chip: identity.chip, flashSize: reachableSize(identity) };
    let [done, total] = [0, 0];
    const watch = watchOf(task, () => total);
    for (let round = 0; ; round++) {
      const reading = readBoard(whole, pieces);
      if (reading.wants.length === 0 || round === STATE_ROUNDS) return reading.state;
      total = done + totalSize(reading.wants);
      for (const range of reading.wants) {
        pieces.push({ address: range.address, bytes: await readRange(range, watch, done) });
        done += range.size;
      }
    }
  };

  return {
    identity,
    baudRate: () => loader.line.baudrate,
    read: (range, task) =>
      asking(`reading ${rangeText(range)}`, range, () =>
        readRange(
          range,
          watchOf(task, () => range.size),
        ),
      ),
    md5: (range, task) =>
      asking(`comparing ${rangeText(range)}`, range, () => {
        stopIfCancelled(task?.signal);
        return retrying(loader, () => loader.md5(range));
      }),
    state: (question, task) =>
      asking("looking at what runs on the board", undefined, () => state(question, task)),
    compare: (job, task) =>
      asking("comparing the board", undefined, () => {
        refuseBeyond(job.regions.map(rangeOf), identity);
        return compareJob(loader, job, task);
      }),
    run: (job, task) =>
      exclusively(() => {
        refuseBeyond(job.regions.map(rangeOf), identity);
        return runJob(loader, job, reachableSize(identity), task);
      }),
    restart: () =>
      exclusively(async () => {
        // A chip that does not take it is reset all the same.
        const left = await leaveLoader(loader, identity.chip.id).catch(() => false);
        const reset = left ? Promise.resolve() : resetIntoFlash(loader.line, loader.clock);
        const failed = await reset.then(() => undefined, messageOf);
        await loader.line.disconnect();
        if (failed !== undefined) throw new BoardFault("refused", notResetText(failed));
      }),
    close: () => loader.line.disconnect(),
  };
}

const pieceSize = (baudRate: number): number =>
  Math.min(PIECES.most, Math.max(PIECES.least, 2 ** Math.floor(Math.log2(baudRate / 10))));

/** A board does one thing at a time; what comes meanwhile waits for its turn. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
