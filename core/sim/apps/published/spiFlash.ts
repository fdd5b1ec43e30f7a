import type { Extent } from "../../../migrate/solve/spaces";
import { endOf } from "../../../table/entry";
import { erase, type Task } from "../../effect";
import { BLOCK, SECTOR } from "../../repartitioner/units";

/** `spi_flash_erase_range`: in blocks where it can, whether they are blank already or not. */
export function* eraseRange(extent: Extent): Task<boolean> {
  const end = endOf(extent);
  for (let at = extent.offset; at < end; ) {
    const unit = at % BLOCK === 0 && at + BLOCK <= end ? BLOCK : SECTOR;
    if (!(yield* erase(at, unit))) return false;
    at += unit;
  }
  return true;
}
