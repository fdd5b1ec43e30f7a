import type { PartitionEntry } from "../../table/entry";
import type { Operation } from "../device";
import { isInWindow } from "../hazard";
import type { Scenario } from "../scenario/scenario";
import type { Subject } from "../sweep/subject";

const SECTOR = 0x1000;

/** The name of what stands at an offset, under one of the two tables. */
export function placeAt(
  { input, setup }: Scenario,
  entries: readonly PartitionEntry[],
  at: number,
): string | undefined {
  const { tableOffset } = input.source;
  if (at >= tableOffset && at < tableOffset + SECTOR) return "partition table";
  if (at >= setup.chip.bootloaderOffset && at < tableOffset) return "bootloader";
  return entries.find(({ offset, size }) => at >= offset && at < offset + size)?.name;
}

/** Under the table that is in flash when the operation begins, in the run without a fault. */
export function placeOf({ scenario, clean }: Subject, { index, offset }: Operation): string | undefined {
  const last = clean.operations.findLast((operation) => isInWindow(scenario.window, operation));
  const isNew = last !== undefined && index > last.index;
  return placeAt(scenario, isNew ? scenario.input.target : scenario.input.source.entries, offset);
}
