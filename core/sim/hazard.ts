import { u8 } from "../image/bytes";
import type { Route, StepId } from "../migrate/plan/plan";
import { type Extent, overlaps } from "../migrate/solve/spaces";
import { MD5_MAGIC } from "../table/encode";
import { endOf } from "../table/entry";
import { ROW_LENGTH } from "../table/options";
import { type Flash, readFlash } from "./flash/flash";
import { rowsOf } from "./repartitioner/tables";

/**
 * What a plan declares: while this step changes this sector, and the sector holds neither table as far as the bootloader
 * reads it, a loss of power bricks the device. Nothing else does.
 */
export interface HazardWindow {
  readonly step: StepId;
  readonly sector: Extent;
  /** What the bootloader needs of the old table and of the new one, the MD5 row included; nothing behind it is read. */
  readonly tables: readonly Uint8Array[];
}

/** The window that the plan declares for a route. The tables are those that the repartitioner was told. */
export function hazardWindow(
  { hazardWindow: id, steps }: Route,
  tables: readonly Uint8Array[],
): HazardWindow | undefined {
  const [first, ...rest] = steps.find((step) => step.id === id)?.flash ?? [];
  if (!first) return undefined;
  const end = Math.max(endOf(first), ...rest.map(endOf));
  const offset = Math.min(first.offset, ...rest.map((effect) => effect.offset));
  return { step: id, sector: { offset, size: end - offset }, tables: tables.map(neededOf) };
}

/** An operation at which power failed, as far as the window asks. */
export interface CutOperation extends Extent {
  readonly step: string | undefined;
}

/** Whether the window declares that a device bricks whose power failed at this operation and that was left with this flash. */
export const isDeclared = (
  window: HazardWindow,
  operation: CutOperation | undefined,
  flash: Flash,
): boolean =>
  operation !== undefined &&
  isInWindow(window, operation) &&
  !window.tables.some((table) => holds(flash, window, table));

/** Whether an operation belongs to the window, wherever power fails in it. */
export const isInWindow = ({ step, sector }: HazardWindow, operation: CutOperation): boolean =>
  operation.step === step && overlaps(sector, operation);

const holds = (flash: Flash, { sector }: HazardWindow, table: Uint8Array): boolean => {
  const found = readFlash(flash, sector.offset, sector.size);
  return table.every((byte, at) => found[at] === byte);
};

/** All rows up to the end row, and the MD5 row behind them where there is one. */
export function neededOf(table: Uint8Array): Uint8Array {
  const rows = rowsOf(table).length * ROW_LENGTH;
  const hasMd5Row = MD5_MAGIC.every((byte, at) => u8(table, rows + at) === byte);
  return table.slice(0, rows + (hasMd5Row ? ROW_LENGTH : 0));
}
