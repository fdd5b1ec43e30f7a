import type { Progress, Task } from "./board";
import { CancelledError } from "./linkErrors";

export function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError("Stopped by the user");
}

/** A long task as those who do it see it. */
export interface Watch {
  /** Throws once the user wants to stop. */
  check(): void;
  /** `done` bytes in all; what was done before is never taken back, although it may have to be done again. */
  report(phase: Progress["phase"], region: string, done: number): void;
}

/** `total`: bytes, as far as they are known by now. */
export const watchOf = (task: Task | undefined, total: () => number): Watch => {
  let doneBytes = 0;
  return {
    check: () => stopIfCancelled(task?.signal),
    report(phase, region, done) {
      const totalBytes = total();
      doneBytes = Math.max(doneBytes, Math.min(done, totalBytes));
      task?.onProgress?.({ phase, region, doneBytes, totalBytes });
    },
  };
};
