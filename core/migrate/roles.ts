import { micropythonSlot } from "../ota/micropythonSlot";
import { runningSlot } from "../ota/runningSlot";
import { slotNumber } from "../ota/slots";
import { failure, type Result, success } from "../result";
import type { PartitionEntry, PlacedEntry } from "../table/entry";
import { defaultTableOptions } from "../table/options";
import { APP, DATA, FACTORY, isOtaSlot, OTADATA } from "../table/subtypes";
import { placeRows } from "../table/table";
import { entryRows } from "./entryRows";

/** Who does what while a device is migrated; all of them are rows of one table. */
export interface Roles {
  /** From here the repartitioner changes the table, so it must not move: see `runningSlot`. */
  readonly runner: PartitionEntry;
  /** Where MicroPython is installed: see `micropythonSlot`. */
  readonly receiver: PartitionEntry;
  readonly otadata: PartitionEntry;
  /** The update slots, in the order of their numbers. */
  readonly slots: readonly PartitionEntry[];
}

export type RolesFault = "no-otadata" | "no-second-slot" | "slot-numbers";

/** The roles in a table; fails where its devices take no update over the air. `at` is the number of a row, or 0. */
export function rolesOf(entries: readonly PartitionEntry[]): Result<Roles, RolesFault> {
  const placed = placeRows(entryRows(entries), defaultTableOptions);
  const entryOf = (found: PlacedEntry<number> | undefined) => found && entries[found.row];
  const slots = otaSlotsOf(entries);
  const [unnumbered] = slots.filter((slot, number) => slotNumber(slot) !== number);
  if (unnumbered)
    return failure(
      "slot-numbers",
      entries.indexOf(unnumbered),
      `The update slots are not numbered ota_0, ota_1, … without gaps, so it is not certain what '${unnumbered.name}' starts. State the table that the devices really have.`,
    );
  const otadata = entries.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  const runner = entryOf(runningSlot(placed));
  const receiver = entryOf(micropythonSlot({ entries: placed }));
  if (!runner || !receiver || slots.length === 0)
    return failure(
      "no-second-slot",
      0,
      "The table has no two app slots between which an update could alternate, so the devices take no update over the air. Write MicroPython by a cable.",
    );
  if (!otadata)
    return failure(
      "no-otadata",
      0,
      "The table has no otadata partition, so no update over the air ever starts. Write MicroPython by a cable.",
    );
  return success({ runner, receiver, otadata, slots });
}

/** The update slots in the order of their numbers. */
export const otaSlotsOf = (entries: readonly PartitionEntry[]): PartitionEntry[] =>
  entries
    .filter(({ type, subtype }) => isOtaSlot(type, subtype))
    .toSorted((a, b) => slotNumber(a) - slotNumber(b));

/** The apps from which a device can run: its update slots and its factory app. */
export const startableApps = (entries: readonly PartitionEntry[]): PartitionEntry[] => [
  ...entries.filter(({ type, subtype }) => type === APP && subtype === FACTORY),
  ...otaSlotsOf(entries),
];

/**
 * Where an update arrives that the app in `from` takes: in the next slot, round-robin, and from elsewhere in the first
 * (`esp_ota_get_next_update_partition` in esp_ota_ops.c). The only slot is written by the factory app, which the device
 * starts for it, as Tasmota's safeboot does.
 */
export function arrivalSlot(
  { slots }: Pick<Roles, "slots">,
  from: PartitionEntry,
): PartitionEntry | undefined {
  const index = slots.findIndex(({ offset }) => offset === from.offset);
  return slots[(index + 1) % slots.length];
}
