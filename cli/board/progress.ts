import type { Progress, Task } from "../../device/flasher/board";
import { progressMeter } from "../../device/flows/meter";
import type { Io } from "../io";
import { retell, tell } from "../tell";

export interface WatchedTask extends Required<Pick<Task, "onProgress">> {
  readonly signal: AbortSignal;
  /** Ends the line that is redrawn, so that what follows begins on one of its own. */
  end(): void;
}

/** A terminal is redrawn no more often than one can read. */
const REDRAW = 100;

/** Ctrl-C stops the task. On a terminal one line is redrawn; a log gets a line for each region and each thing done to it. */
export function watchedTask(io: Io): WatchedTask {
  return { signal: io.interrupted(), ...(io.isWatched("err") ? redrawn(io) : logged(io)) };
}

function redrawn(io: Io): Pick<WatchedTask, "onProgress" | "end"> {
  const meter = progressMeter();
  let drawn: number | undefined;
  return {
    onProgress(progress) {
      const now = io.now();
      const { text } = meter(progress, now);
      if (drawn !== undefined && now - drawn < REDRAW && progress.doneBytes < progress.totalBytes) return;
      drawn = now;
      retell(io, text);
    },
    end() {
      if (drawn !== undefined) retell(io, "");
    },
  };
}

function logged(io: Io): Pick<WatchedTask, "onProgress" | "end"> {
  const meter = progressMeter();
  let last = "";
  return {
    onProgress(progress: Progress) {
      const { text } = meter(progress, io.now());
      const step = `${progress.phase} ${progress.region}`;
      if (step === last) return;
      last = step;
      tell(io, "err", [text]);
    },
    end: () => undefined,
  };
}
