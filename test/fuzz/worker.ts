import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { fuzzCase } from "./targets";

/** What a worker is given. `next` and `current` are shared: the next case that nobody has, and the one in hand. */
export interface WorkerOrder {
  readonly seed: number;
  readonly only: string | undefined;
  readonly end: number;
  readonly next: Int32Array;
  readonly current: Int32Array;
}

export type WorkerReport =
  | { readonly failed: number; readonly stack: string }
  /** Bytes on the heap after a collection: warmed up, and at the end. */
  | { readonly before: number; readonly after: number };

const CASES_AT_ONCE = 200;
const WARM_UP = 20;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heapSize(): number {
  collectGarbage();
  return getHeapStatistics().used_heap_size;
}

function run({ seed, only, end, next, current }: WorkerOrder): WorkerReport {
  let before = 0;
  for (let round = 0; ; round++) {
    if (round === WARM_UP) before = heapSize();
    const first = Atomics.add(next, 0, CASES_AT_ONCE);
    if (first >= end) break;
    for (let number = first; number < Math.min(first + CASES_AT_ONCE, end); number++) {
      current[0] = number;
      try {
        fuzzCase(seed, number, only).check();
      } catch (error) {
        return {
          failed: number,
          stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
        };
      }
    }
  }
  const after = heapSize();
  return { before: before || after, after };
}

parentPort?.postMessage(run(workerData as WorkerOrder));
