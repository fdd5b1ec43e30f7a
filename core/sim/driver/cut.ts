import { eraseFlash, type Flash, writeFlash } from "../flash/flash";
import { programmedAt, type Tear, tornErase, tornWrite } from "../flash/torn";

/** Where power fails: at an erase or a write, counted from 0 over the whole run. */
export interface Cut {
  readonly operation: number;
  readonly at: CutPoint;
  /** Which bits have changed by then. */
  readonly seed?: number | undefined;
}

export type CutPoint = "before" | Tear | "after";

/** All points in the order of time. */
export const cutPoints: readonly CutPoint[] = ["before", "begun", "middle", "almost", "after"];

/** An operation as far as flash is concerned; only writes have bytes. */
export interface CutOperation {
  readonly offset: number;
  readonly size: number;
  readonly bytes: Uint8Array | undefined;
}

/** What an operation leaves in flash whose power fails. */
export function flashAfterCut(flash: Flash, operation: CutOperation, { at, seed = 0 }: Cut): Flash {
  const { offset, size, bytes } = operation;
  if (at === "before") return flash;
  if (at === "after") return bytes ? writeFlash(flash, offset, bytes) : eraseFlash(flash, offset, size);
  return bytes
    ? tornWrite(flash, offset, bytes, programmedAt(size, at), seed)
    : tornErase(flash, offset, size, at, seed);
}
