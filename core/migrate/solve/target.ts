import type { PartitionEntry } from "../../table/entry";
import { freeName } from "../../table/label";
import { APP, DATA, FAT, OTA_0 } from "../../table/subtypes";
import type { Arrangement } from "./arrange";
import type { Ground } from "./ground";

/** A target table and what its rows are for. */
export interface TargetTable {
  /** In the order of their offsets. */
  readonly entries: readonly PartitionEntry[];
  readonly runner: PartitionEntry;
  readonly receiver: PartitionEntry;
  readonly vfs: PartitionEntry;
}

/** MicroPython finds its filesystem by this label (`modules/flashbdev.py`). */
const VFS = "vfs";

/** The table of an arrangement. What stays keeps its row to the byte. */
export function targetTable(ground: Ground, arrangement: Arrangement): TargetTable {
  const { kept } = ground;
  const runner: PartitionEntry = { ...ground.runner, ...arrangement.runner };
  const receiver: PartitionEntry = { ...receiverOf(ground, arrangement), ...arrangement.receiver };
  const spare = arrangement.spare ? [{ ...ground.receiver, ...arrangement.spare }] : [];
  const vfs: PartitionEntry = {
    name: VFS,
    type: DATA,
    subtype: FAT,
    ...arrangement.vfs,
    encrypted: false,
    readonly: false,
  };
  const entries = [...kept, runner, ...spare, receiver, vfs].toSorted((a, b) => a.offset - b.offset);
  return { entries, runner, receiver, vfs };
}

/** Beside the only slot of the source table there is a new one. */
function receiverOf({ kept, runner, receiver }: Ground, { spare }: Arrangement): PartitionEntry {
  if (!spare) return receiver;
  const names = new Set([...kept, runner, receiver].map(({ name }) => name).concat(VFS));
  return { ...receiver, name: freeName("ota_1", names), type: APP, subtype: OTA_0 + 1 };
}
