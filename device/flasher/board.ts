import type { BoardIdentity } from "../../core/job/board";
import type { BoardState, StateQuestion } from "../../core/job/boardState";
import type { FlashJob } from "../../core/job/job";
import type { FlashRange } from "../../core/job/range";
import type { RegionOutcome } from "./outcome";

/** A board that answers in its flasher: all that can be done to it. One thing at a time. Failures are `BoardFault`s. */
export interface Board {
  readonly identity: BoardIdentity;
  /** Bits per second that the line runs at. */
  baudRate(): number;
  /** The bytes of any range, each piece checked against the MD5 that the board sends with it. */
  read(range: FlashRange, task?: Task): Promise<Uint8Array>;
  /** Of a range of flash, as the board itself calculates it: 32 hex digits, lower case. */
  md5(range: FlashRange, task?: Task): Promise<string>;
  /** What runs on it; reads some kilobytes. */
  state(question: Omit<StateQuestion, "chip" | "flashSize">, task?: Task): Promise<BoardState>;
  /**
   * Does the job: sends what differs, erases what is not blank, and compares every region by MD5. Resolves only when
   * all of them are as the job wants them. To resume a job that failed, do it again: what is there is not sent twice.
   */
  run(job: FlashJob, task?: Task): Promise<RunResult>;
  /** Compares every region of the job by MD5; writes nothing. */
  compare(job: FlashJob, task?: Task): Promise<readonly RegionOutcome[]>;
  /** Starts what is in flash, and lets the port go. */
  restart(): Promise<void>;
  /** Lets the port go and leaves the board as it is. May be called again and again, and always settles. */
  close(): Promise<void>;
}

export interface RunResult {
  /** One for each region of the job, in its order; all of them verified. */
  readonly outcomes: readonly RegionOutcome[];
  /** Bytes of flash contents that were sent, before compression; 0 for a board that was as it should be. */
  readonly sentBytes: number;
}

/** How a long task is watched and stopped. */
export interface Task {
  /** Stops at the next block with a `BoardFault` of kind `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: Progress): void;
}

export interface Progress {
  readonly phase: "compare" | "erase" | "write" | "verify" | "read";
  /** Name of the region of a job; empty while reading. */
  readonly region: string;
  /** Bytes of flash contents that are done, of all that the task is about; never goes back. */
  readonly doneBytes: number;
  readonly totalBytes: number;
}
