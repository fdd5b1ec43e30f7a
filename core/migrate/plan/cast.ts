import { micropythonSlot } from "../../ota/micropythonSlot";
import type { PartitionEntry } from "../../table/entry";
import { defaultTableOptions } from "../../table/options";
import { DATA } from "../../table/subtypes";
import { placeRows } from "../../table/table";
import { entryRows } from "../entryRows";
import type { Roles } from "../roles";
import type { PlanInput } from "./plan";

/** The partitions that the steps speak of. */
export interface Cast {
  /** In the source table. */
  readonly roles: Roles;
  /** In the target table: the slot that runs, at the same offset. */
  readonly runner: PartitionEntry;
  /** In the target table: the slot that receives MicroPython. */
  readonly receiver: PartitionEntry;
  /** In the target table: the filesystem of MicroPython. */
  readonly vfs: PartitionEntry;
}

/**
 * The partitions of the target table; those that it lacks are undefined. Where the slot that runs is not the same slot
 * any more, it makes no sense to ask which one receives MicroPython.
 */
export function castOf({ target }: Pick<PlanInput, "target">, roles: Roles) {
  const placed = placeRows(entryRows(target), defaultTableOptions);
  const row = micropythonSlot({ entries: placed })?.row;
  const { type, subtype, offset } = roles.runner;
  const runner = target.find((app) => app.type === type && app.subtype === subtype && app.offset === offset);
  return {
    roles,
    runner,
    receiver: runner === undefined || row === undefined ? undefined : target[row],
    vfs: filesystemOf(target),
  };
}

/** By its label, as MicroPython finds it. */
const filesystemOf = (target: readonly PartitionEntry[]): PartitionEntry | undefined =>
  ["vfs", "ffat"]
    .map((label) => target.find(({ type, name }) => type === DATA && name === label))
    .find((found) => found !== undefined);

export const isWhole = (cast: ReturnType<typeof castOf>): cast is Cast =>
  cast.runner !== undefined && cast.receiver !== undefined && cast.vfs !== undefined;
