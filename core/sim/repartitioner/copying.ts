import { sha256Hex } from "../../image/sha256Hex";
import { imageLength, isEqual, read, type Task, write } from "../effect";
import { eraseExtent } from "./erasing";
import { receive } from "./receiving";
import type { Row } from "./tables";
import { SECTOR } from "./units";

/**
 * Puts the image that runs into another slot. Its first sector is written last, so that half a copy has no magic number
 * and is never started. Only where the copy cannot be verified the same image is downloaded.
 */
export function* copyTo(slot: Row, running: Row, chipId: number): Task<boolean> {
  const size = yield* imageLength(running, chipId);
  if (size === 0 || size > slot.size) return false;
  if (yield* copied(running.offset, slot.offset, size)) return true;
  const head = sha256Hex(yield* read(running.offset, Math.min(SECTOR, size)));
  const received = yield* receive({ image: "repartitioner", offset: slot.offset, size, chipId, head });
  return received === "ok" && (yield* isEqual(running.offset, slot.offset, size));
}

/** Whether the slot holds the image that runs. */
export function* isCopy(slot: Row, running: Row, chipId: number): Task<boolean> {
  const size = yield* imageLength(running, chipId);
  return size > 0 && size <= slot.size && (yield* isEqual(running.offset, slot.offset, size));
}

function* copied(from: number, to: number, size: number): Task<boolean> {
  if (!(yield* eraseExtent({ offset: to, size }))) return false;
  for (let at = SECTOR; at < size; at += SECTOR) yield* copySector(from, to, at, size);
  yield* copySector(from, to, 0, size);
  return yield* isEqual(from, to, size);
}

function* copySector(from: number, to: number, at: number, size: number): Task<void> {
  yield* write(to + at, yield* read(from + at, Math.min(SECTOR, size - at)));
}
