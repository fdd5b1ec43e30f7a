import type { ChipTarget } from "../chip/targets";
import { u8 } from "../image/bytes";
import type { Route, StepId } from "../migrate/plan/plan";
import { type Extent, overlaps } from "../migrate/solve/spaces";
import { bootOrder, bootTable } from "../ota/bootChoice";
import { LARGEST_APP } from "../ota/slots";
import { MD5_MAGIC } from "../table/encode";
import { endOf } from "../table/entry";
import { ROW_LENGTH, TABLE_LENGTH } from "../table/options";
import { type BootloaderModel, bootloaderTraits } from "./boot/model";
import { verifyTable } from "./boot/verifyTable";
import { type Flash, readFlash } from "./flash/flash";
import { imageAt } from "./flash/verifyImage";
import { rowsOf } from "./repartitioner/tables";

/**
 * What a plan declares: a device bricks that loses power in this step, while its sector is no table to the bootloader, or
 * one without the app that runs. No other cut bricks it. That is so from the begin of the erase on, until the last
 * byte is written that the bootloader needs; a table that stops between two rows is one, because the MD5 row is optional.
 */
export interface HazardWindow {
  readonly step: StepId;
  readonly sector: Extent;
  readonly bootloader: BootloaderModel;
  readonly chip: ChipTarget;
  /** How many bytes of the old table and of the new one the bootloader reads before it is content. */
  readonly needed: number;
  /** From where the table is changed. */
  readonly runnerOffset: number;
}

/** The window that the plan declares for a route. `tables`: the old one and the new one, as they stand in flash. */
export function hazardWindow(
  { hazardWindow: id, steps }: Route,
  known: Pick<HazardWindow, "chip" | "bootloader" | "runnerOffset">,
  tables: readonly Uint8Array[],
): HazardWindow {
  const effects = steps.find((step) => step.id === id)?.flash ?? [];
  const offset = Math.min(...effects.map((effect) => effect.offset));
  const size = Math.max(...effects.map(endOf)) - offset;
  const needed = Math.max(...tables.map((table) => neededOf(table).length));
  return { ...known, step: id, sector: { offset, size }, needed };
}

/** An operation at which power failed, as far as the window asks. */
export interface CutOperation extends Extent {
  readonly step: string | undefined;
}

/**
 * As what the window declares a device whose power failed at this operation and that is left with this flash: bricked where
 * nothing starts, stuck where something else starts than the repartitioner, a factory app above all, which finds no slot.
 */
export function declaredIn(
  window: HazardWindow,
  operation: CutOperation,
  flash: Flash,
): "bricked" | "stuck" | undefined {
  if (!isInWindow(window, operation)) return undefined;
  const apps = startable(window, flash);
  if (apps.length === 0) return "bricked";
  return apps.includes(window.runnerOffset) ? undefined : "stuck";
}

/** Whether an operation belongs to the window, wherever power fails in it. */
export const isInWindow = ({ step, sector }: HazardWindow, operation: CutOperation): boolean =>
  operation.step === step && overlaps(sector, operation);

/**
 * The offsets of all apps that the bootloader could start. The header of the bootloader is taken as right: no step of a
 * plan touches it.
 */
function startable({ sector, bootloader, chip }: HazardWindow, flash: Flash): readonly number[] {
  const found = readFlash(flash, sector.offset, TABLE_LENGTH);
  const table = verifyTable(found, flash.size, bootloaderTraits(bootloader));
  if (!table.ok) return [];
  return bootOrder(bootTable(table.rows), "factory")
    .filter((row) => row.offset < flash.size && imageAt(flash, within(row, flash), chip.imageChipId) > 0)
    .map(({ offset }) => offset);
}

/** A row whose size is not written yet ends nowhere. */
const within = ({ offset, size }: Extent, flash: Flash): Extent => ({
  offset,
  size: size > LARGEST_APP ? 0 : Math.min(size, flash.size - offset),
});

/** All rows up to the end row, and the MD5 row behind them where there is one. */
export function neededOf(table: Uint8Array): Uint8Array {
  const rows = rowsOf(table).length * ROW_LENGTH;
  const hasMd5Row = MD5_MAGIC.every((byte, at) => u8(table, rows + at) === byte);
  return table.slice(0, rows + (hasMd5Row ? ROW_LENGTH : 0));
}
