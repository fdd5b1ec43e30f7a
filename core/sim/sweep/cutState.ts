import { bytesAt, isTorn, type Position } from "../cases/position";
import { type DeviceState, type Operation, stateAfterCut } from "../device";
import type { CutPoint } from "../driver/cut";
import { type Flash, writeFlash } from "../flash/flash";
import { tornWrite } from "../flash/torn";
import { offline } from "../server";

/** A run that was recorded with its states, as far as a cut needs it. */
export type RecordedRun = Parameters<typeof stateAfterCut>[0];

/** The device after power failed at this place of an operation of the run. */
export function cutState(run: RecordedRun, operation: number, at: Position, seed: number): DeviceState {
  const programmed = bytesAt(at);
  if (programmed === undefined) return stateAfterCut(run, { operation, at: at as CutPoint, seed });
  const before = run.states[operation];
  const cut = run.operations[operation];
  if (!before || !cut?.bytes) throw new RangeError(`operation ${operation} is no write of the run`);
  return {
    ...before,
    flash: partlyWritten(before.flash, cut, cut.bytes, programmed, isTorn(at) ? seed : undefined),
    network: offline(before.network),
  };
}

/** `seed` where the next word is torn as well. */
function partlyWritten(
  flash: Flash,
  { offset }: Operation,
  bytes: Uint8Array,
  programmed: number,
  seed: number | undefined,
): Flash {
  return seed === undefined
    ? writeFlash(flash, offset, bytes.subarray(0, programmed))
    : tornWrite(flash, offset, bytes, programmed, seed);
}
