import { flashAfterCut } from "../../../core/sim/driver/cut";
import type { FlashChange } from "../../../core/sim/flash/answer";
import { SECTOR } from "../../../core/sim/flash/contents";
import { flashOf, readFlash } from "../../../core/sim/flash/flash";
import { alignDown, alignUp } from "../../../core/text/units";
import type { FlashChip } from "../flashChip";

const TEARS = ["begun", "middle", "almost"] as const;

/** Leaves half an operation in flash, as power does that fails in its middle. `seed`: which half. */
export function tear(chip: FlashChip, change: FlashChange, seed: number): void {
  const { offset } = change;
  const size = change.kind === "write" ? change.bytes.length : change.size;
  const start = alignDown(offset, SECTOR);
  const before = size > 0 && chip.read(start, alignUp(offset + size, SECTOR) - start);
  if (!before) return;
  const bytes = change.kind === "write" ? change.bytes : undefined;
  const at = TEARS[seed % TEARS.length] ?? "middle";
  const after = flashAfterCut(
    flashOf(before),
    { offset: offset - start, size, bytes },
    { operation: 0, at, seed },
  );
  chip.tear(start, readFlash(after, 0, after.size));
}
