import { u8, u32 } from "../image/bytes";
import type { Route, StepId } from "../migrate/plan/plan";
import { type Extent, overlaps } from "../migrate/solve/spaces";
import { MD5_MAGIC } from "../table/encode";
import { endOf } from "../table/entry";
import { ROW_LENGTH } from "../table/options";
import { type Flash, readFlash } from "./flash/flash";
import { appAt, rowsOf } from "./repartitioner/tables";

/**
 * What a plan declares: a device bricks that loses power in this step, while its sector holds neither the old table nor
 * the new one, nor so many whole rows of one of them that the app that runs is among them. No other cut bricks it.
 */
export interface HazardWindow {
  readonly step: StepId;
  readonly sector: Extent;
  readonly tables: readonly NeededTable[];
  /** From where the table is changed. */
  readonly runnerOffset: number;
}

/** What the bootloader needs of a table: nothing behind it is read. */
interface NeededTable {
  /** Its rows, and the MD5 row where it has one. */
  readonly bytes: Uint8Array;
  readonly hasMd5Row: boolean;
}

/** The window that the plan declares for a route. `tables`: the old one and the new one, as they stand in flash. */
export function hazardWindow(
  { hazardWindow: id, steps }: Route,
  tables: readonly Uint8Array[],
  runnerOffset: number,
): HazardWindow {
  const effects = steps.find((step) => step.id === id)?.flash ?? [];
  const offset = Math.min(...effects.map((effect) => effect.offset));
  const size = Math.max(...effects.map(endOf)) - offset;
  return { step: id, sector: { offset, size }, tables: tables.map(neededOf), runnerOffset };
}

/** An operation at which power failed, as far as the window asks. */
export interface CutOperation extends Extent {
  readonly step: string | undefined;
}

/** Whether the window declares that a device bricks whose power failed at this operation and that is left with this flash. */
export function isDeclared(window: HazardWindow, operation: CutOperation, flash: Flash): boolean {
  if (!isInWindow(window, operation)) return false;
  const found = readFlash(flash, window.sector.offset, window.sector.size);
  return !window.tables.some(
    (table) => isWhole(found, table) || isUsablePart(found, table, window.runnerOffset),
  );
}

/** Whether an operation belongs to the window, wherever power fails in it. */
export const isInWindow = ({ step, sector }: HazardWindow, operation: CutOperation): boolean =>
  operation.step === step && overlaps(sector, operation);

/** Without an MD5 row nobody notices a damaged label. */
const isWhole = (found: Uint8Array, { bytes, hasMd5Row }: NeededTable): boolean =>
  bytes.every((byte, at) => found[at] === byte || (!hasMd5Row && at % ROW_LENGTH >= LABEL)) &&
  (hasMd5Row || isEnd(found, bytes.length));

const LABEL = 12;

/** The MD5 row is optional for every bootloader, so a table whose writing stopped between two rows is a table. */
function isUsablePart(found: Uint8Array, { bytes }: NeededTable, runnerOffset: number): boolean {
  const rows = rowsOf(found);
  const length = rows.length * ROW_LENGTH;
  return (
    isEnd(found, length) &&
    bytes.subarray(0, length).every((byte, at) => found[at] === byte) &&
    appAt(rows, runnerOffset) !== undefined
  );
}

const isEnd = (found: Uint8Array, at: number): boolean => u32(found, at) === 0xffffffff;

/** All rows up to the end row, and the MD5 row behind them where there is one. */
export function neededOf(table: Uint8Array): NeededTable {
  const rows = rowsOf(table).length * ROW_LENGTH;
  const hasMd5Row = MD5_MAGIC.every((byte, at) => u8(table, rows + at) === byte);
  return { bytes: table.slice(0, rows + (hasMd5Row ? ROW_LENGTH : 0)), hasMd5Row };
}
