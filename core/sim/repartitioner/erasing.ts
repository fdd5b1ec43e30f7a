import type { Extent } from "../../migrate/solve/spaces";
import { endOf } from "../../table/entry";
import { alignUp } from "../../text/units";
import { erase, isBlank, type Task } from "../effect";
import { ATTEMPTS, BLOCK, SECTOR } from "./units";

/**
 * Makes all sectors of an extent blank, in ascending order, in blocks where it can. What is blank already is left alone,
 * so that doing it again after a power cut goes on where it stopped.
 */
export function* eraseExtent(extent: Extent): Task<boolean> {
  const end = alignUp(endOf(extent), SECTOR);
  let at = extent.offset;
  while (at < end) {
    const unit = at % BLOCK === 0 && at + BLOCK <= end ? BLOCK : SECTOR;
    if (!(yield* eraseUnit(at, unit))) return false;
    at += unit;
  }
  return true;
}

/** One sector or block, read back. */
export function* eraseUnit(offset: number, size: number): Task<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (yield* isBlank({ offset, size })) return true;
    yield* erase(offset, size);
  }
  return yield* isBlank({ offset, size });
}
