import type { PartitionEntry } from "../../table/entry";
import { freeName } from "../../table/label";
import { APP, DATA, FAT, OTA_0 } from "../../table/subtypes";
import type { Arrangement } from "./arrange";
import type { Ground } from "./ground";

/** MicroPython finds its filesystem by this label (`modules/flashbdev.py`). */
const VFS = "vfs";

/** The table of an arrangement, in the order of the offsets. What stays keeps its row to the byte. */
export function targetEntries(
  { kept, runner, receiver }: Ground,
  arrangement: Arrangement,
): readonly PartitionEntry[] {
  const names = new Set(kept.map(({ name }) => name).concat(runner.name, receiver.name, VFS));
  const slots: readonly PartitionEntry[] = arrangement.spare
    ? [
        { ...receiver, ...arrangement.spare },
        {
          ...receiver,
          name: freeName("ota_1", names),
          type: APP,
          subtype: OTA_0 + 1,
          ...arrangement.receiver,
        },
      ]
    : [{ ...receiver, ...arrangement.receiver }];
  const vfs: PartitionEntry = {
    name: VFS,
    type: DATA,
    subtype: FAT,
    ...arrangement.vfs,
    encrypted: false,
    readonly: false,
  };
  const running: PartitionEntry = { ...runner, ...arrangement.runner };
  return [...kept, running, ...slots, vfs].toSorted((a, b) => a.offset - b.offset);
}
