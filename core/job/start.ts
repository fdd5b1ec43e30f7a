import { bootOrder, bootTable } from "../ota/bootChoice";
import { OTADATA_SIZE, otadataSelecting } from "../ota/otadata";
import { slotNumber } from "../ota/slots";
import { type Failure, failure, type Result, success } from "../result";
import type { PartitionEntry } from "../table/entry";
import { isOtaSlot } from "../table/subtypes";
import type { EraseRegion, JobFault, JobRegion } from "./job";
import { partitionRegion } from "./regions";

/** What must stand in otadata so that the bootloader starts this app; nothing where the table has no otadata. */
export function startRegions(
  entries: readonly PartitionEntry[],
  slot: PartitionEntry,
): Result<readonly JobRegion[], JobFault> {
  const table = bootTable(entries);
  const { otadata, slots } = table;
  if (!otadata || !isOtaSlot(slot.type, slot.subtype)) return startWithBlank(entries, slot);
  const number = slotNumber(slot);
  if (slots[number] !== slot)
    return neverStarts(slot, "its update slots are not numbered from 0 without gaps");
  const why = `It makes the bootloader start '${slot.name}'.`;
  return success([partitionRegion(otadata, "otadata", otadataSelecting(number, slots.length), why)]);
}

/** With blank otadata, or without any, the bootloader takes the first app in its own order. */
export function startWithBlank(
  entries: readonly PartitionEntry[],
  slot: PartitionEntry,
): Result<readonly JobRegion[], JobFault> {
  const { otadata } = bootTable(entries);
  const first = firstApp(entries);
  if (first !== slot)
    return neverStarts(slot, `${otadata ? "with blank" : "without"} otadata it starts '${first?.name}'`);
  return success(otadata ? [blankOtadata(otadata, slot)] : []);
}

/** The app that the bootloader tries first while otadata is blank; undefined where the table has none. */
export const firstApp = (entries: readonly PartitionEntry[]): PartitionEntry | undefined =>
  bootOrder(bootTable(entries), "factory")[0];

const blankOtadata = ({ name, offset, size }: PartitionEntry, slot: PartitionEntry): EraseRegion => ({
  kind: "erase",
  address: offset,
  size: OTADATA_SIZE,
  room: size,
  name,
  purpose: "otadata",
  usedFromStart: true,
  why: `Blank, it makes the bootloader start '${slot.name}'.`,
});

const neverStarts = ({ name, offset }: PartitionEntry, because: string): Failure<JobFault> =>
  failure(
    "slot",
    offset,
    `The bootloader would never start '${name}': ${because}. Correct the partition table.`,
  );
