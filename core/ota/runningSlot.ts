import type { PlacedEntry } from "../table/entry";
import { APP, FACTORY, isOtaSlot } from "../table/subtypes";
import { micropythonSlot } from "./micropythonSlot";
import { slotNumber } from "./slots";

/**
 * The app slot from which the repartitioner runs while it changes the table.
 *
 * The published procedure ("Over-the-air switch from ESP-IDF to micropython", steps 4 to 9) makes sure that it is
 * ota_0: an app must not tamper with the slot that it runs from, and from the lowest one the flash ahead is in one
 * piece. So it is the first update slot that does not receive MicroPython, and where MicroPython goes into the only
 * one, the factory app. Its offset must stay: `esp_ota_get_running_partition` aborts when the running address is in no
 * partition of the table (esp_ota_ops.c). A table whose only app is replaced by MicroPython has none.
 */
export function runningSlot<Row>(entries: readonly PlacedEntry<Row>[]): PlacedEntry<Row> | undefined {
  const micropython = micropythonSlot({ entries });
  const others = entries.filter((entry) => entry.type === APP && entry !== micropython);
  const [lowest] = others
    .filter(({ type, subtype }) => isOtaSlot(type, subtype))
    .sort((a, b) => slotNumber(a) - slotNumber(b));
  return lowest ?? others.find(({ subtype }) => subtype === FACTORY);
}
