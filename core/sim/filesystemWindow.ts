import { isFilledWith } from "../image/bytes";
import type { Route, StepId } from "../migrate/plan/plan";
import { type Extent, overlaps } from "../migrate/solve/spaces";
import type { Operation } from "./device";
import { SECTOR } from "./flash/contents";
import { type Flash, readFlash } from "./flash/flash";
import type { CutOperation } from "./hazard";

/**
 * What a plan says of the first start of MicroPython: a filesystem that was left half made is the one thing that it does
 * not mend itself. It finds its files with one whole superblock of two, and makes them where the first sector is blank.
 */
export interface FilesystemWindow {
  readonly step: StepId;
  readonly sectors: Extent;
  readonly superblocks: readonly Superblock[];
}

interface Superblock {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Undefined where MicroPython does not come so far. `operations`: of the run without a fault. */
export function filesystemWindow(
  { steps }: Route,
  operations: readonly Operation[],
): FilesystemWindow | undefined {
  const [sectors] = steps.find(({ id }) => id === STEP)?.flash ?? [];
  if (!sectors) return undefined;
  const superblocks = operations.flatMap(({ step, offset, bytes }) =>
    step === STEP && bytes && offset < sectors.offset + 2 * SECTOR ? [{ offset, bytes }] : [],
  );
  return superblocks.length === 0 ? undefined : { step: STEP, sectors, superblocks };
}

const STEP: StepId = "first-start";

/** Whether a device is declared stuck that lost power at this operation and is left with this flash. */
export const isHalfMade = (
  { step, sectors, superblocks }: FilesystemWindow,
  operation: CutOperation,
  flash: Flash,
): boolean =>
  operation.step === step &&
  overlaps(sectors, operation) &&
  !isFilledWith(readFlash(flash, sectors.offset, SECTOR), 0xff) &&
  !superblocks.some(({ offset, bytes }) =>
    readFlash(flash, offset, bytes.length).every((byte, at) => byte === bytes[at]),
  );
