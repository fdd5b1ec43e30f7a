import { overlaps } from "../../migrate/solve/spaces";
import { imageLength, isBlank, type Task } from "../effect";
import type { RepartitionerConfig } from "./config";
import { isSelected } from "./otadata";
import { appAt, choiceOf, type Row, rowsOf } from "./tables";

/**
 * Whether a device that restarts with the new table starts the repartitioner, and can finish: all earlier work is done,
 * the image that runs is whole in its new slot and selected, and MicroPython has room in a slot that can be selected.
 * It is looked at right before the table is written, and again before a torn one is healed: a table that only resembles
 * a torn one belongs to a device on which this work was never done.
 */
export function* isReady(config: RepartitionerConfig): Task<boolean> {
  const rows = rowsOf(config.targetTable);
  const runner = appAt(rows, config.runnerOffset);
  if (!runner || !receiverOf(config)) return false;
  if ((yield* imageLength(runner, config.chipId)) === 0) return false;
  if (!(yield* isSelected(rows, [choiceOf(rows, config.runnerOffset)]))) return false;
  return yield* isErased(config);
}

/** The slot of the target table that gets MicroPython; undefined where it would not fit, or never start. */
export function receiverOf({
  targetTable,
  runnerOffset,
  receiverOffset,
  micropython,
}: RepartitionerConfig): Row | undefined {
  const rows = rowsOf(targetTable);
  const runner = appAt(rows, runnerOffset);
  const receiver = appAt(rows, receiverOffset);
  const choice = choiceOf(rows, receiverOffset);
  if (!runner || !receiver || !choice || overlaps(runner, receiver)) return undefined;
  if (choice.index !== undefined && choice.index >= choice.count) return undefined;
  // Flash is written in words; an image that is no multiple of them has been cut off.
  return micropython.size <= receiver.size && micropython.size % 4 === 0 ? receiver : undefined;
}

/** Whether all of the list is blank. */
export function* isErased({ eraseList }: RepartitionerConfig): Task<boolean> {
  for (const extent of eraseList) if (!(yield* isBlank(extent))) return false;
  return true;
}
