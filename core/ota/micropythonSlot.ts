import type { ChosenBinary } from "../facts";
import type { PlacedEntry } from "../table/entry";
import { APP, FACTORY, isOtaSlot } from "../table/subtypes";
import type { PartitionTable } from "../table/table";
import { slotNumber } from "./slots";

/**
 * The app slot that will hold MicroPython.
 *
 * The repartitioner runs from ota_0, because slots grow towards higher addresses and the slot that runs must keep
 * its offset. An app cannot overwrite itself, so it installs MicroPython into the other slot: ota_1, or whatever the
 * second slot is called while its number is wrong. A table with one slot belongs to a device whose installer sits in
 * the factory slot (as Tasmota's safeboot does) and updates ota_0. With a factory slot alone MicroPython lies there,
 * as in the tables that MicroPython publishes, written by a cable.
 */
export function micropythonSlot<Row>({
  entries,
}: {
  readonly entries: readonly PlacedEntry<Row>[];
}): PlacedEntry<Row> | undefined {
  const apps = entries.filter(({ type }) => type === APP);
  const slots = apps
    .filter(({ type, subtype }) => isOtaSlot(type, subtype))
    .toSorted((a, b) => slotNumber(a) - slotNumber(b));
  return (
    slots.find((slot) => slotNumber(slot) === 1) ??
    slots[1] ??
    slots[0] ??
    apps.find(({ subtype }) => subtype === FACTORY)
  );
}

/** The chosen binary and the slot that will hold it; undefined while there is nothing to fit into anything. */
export function slotAndBinary(subject: {
  readonly table: PartitionTable;
  readonly facts: { readonly micropython?: ChosenBinary | undefined };
}): { readonly slot: PlacedEntry; readonly binary: ChosenBinary } | undefined {
  const slot = micropythonSlot(subject.table);
  const binary = subject.facts.micropython;
  return slot && binary && binary.kind !== "unusable" ? { slot, binary } : undefined;
}
