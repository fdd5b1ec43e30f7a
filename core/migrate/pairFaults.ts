import type { EditOptions } from "../edit/intent";
import { endOf, type PartitionEntry } from "../table/entry";
import { DATA, NVS, OTADATA, offsetAlignment } from "../table/subtypes";
import { hex, sizeText } from "../text/units";
import { bytesText } from "./bytesText";
import { type Change, diffTables } from "./diff";
import { entryRows } from "./entryRows";
import { arrivalSlot, otaSlotsOf } from "./roles";
import { overlaps } from "./solve/spaces";
import { slotCountWords } from "./solve/words";
import type { TablePair } from "./tablePair";

/** What is wrong, or lost, when a source table is replaced by a target table. */
export interface PairFault {
  /** Sentences: what, where, what to do. */
  readonly message: string;
  /** The partition of the source table that has to stay, or is lost. */
  readonly before?: PartitionEntry | undefined;
  /** The partition of the target table that stands in its place, or in its way; an entry of that table. */
  readonly after?: PartitionEntry | undefined;
}

/** The slot that runs is not there any more: `esp_ota_get_running_partition` aborts, or another slot is started. */
export function movedRunner({ target, roles: { runner }, cast }: TablePair): PairFault[] {
  if (cast.runner) return [];
  const other = target.find(({ type, offset }) => type === runner.type && offset === runner.offset);
  const message = other
    ? `'${runner.name}' at ${hex(runner.offset)} is '${other.name}' with another subtype in the target table, so otadata selects another slot after the change. Give it the subtype that it has.`
    : `'${runner.name}' runs the repartitioner and must stay at ${hex(runner.offset)}: in the target table no app begins there, so the device does not start again. Keep its offset.`;
  const moved = target.find(({ type, subtype }) => type === runner.type && subtype === runner.subtype);
  return [{ message, before: runner, after: other ?? moved }];
}

/**
 * Code is mapped from flash in pages of 64 KB, and an app is linked for a beginning at one (`process_segment` in
 * esp_image_format.c: "doesn't match data"). So no app of the devices ever ran from such a slot, and no update into one
 * is started: the firmware of today stays.
 */
export const unmappedSlots = ({ roles, starts }: TablePair): PairFault[] =>
  [...new Set([...starts, ...starts.map((start) => arrivalSlot(roles, start)), roles.runner])].flatMap(
    (before) => {
      if (!before || before.offset % offsetAlignment(before.type) === 0) return [];
      const message = `'${before.name}' of the source table begins at ${hex(before.offset)}, which is no multiple of 64 KB: no app runs from there, so the devices would not start the repartitioner in it and stay what they are. State the table that they really have.`;
      return [{ message, before }];
    },
  );

/** How large the repartitioner is nobody said, and the slot from which it runs becomes smaller. */
export function shrunkRunner({ roles: { runner }, cast }: TablePair): PairFault[] {
  const after = cast.runner;
  if (!after || runner.size <= after.size) return [];
  const message = `'${after.name}' shrinks from ${hex(runner.size)} to ${hex(after.size)} (${sizeText(after.size)}), and the repartitioner runs from it: if it is larger than that, the device does not start again. Keep the size, or see to it that the repartitioner fits.`;
  return [{ message, before: runner, after }];
}

/** The bootloader would read the choice of the slot from where something else lay. */
export function movedOtadata({ target, roles: { otadata } }: TablePair): PairFault[] {
  const after = target.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  if (after?.offset === otadata.offset) return [];
  const where = after ? `lies at ${hex(after.offset)}` : "is missing";
  const message = `'${otadata.name}' must stay at ${hex(otadata.offset)}, but ${where} in the target table: the bootloader would choose the slot from what lies there, or never again. Keep it.`;
  return [{ message, before: otadata, after }];
}

/** MicroPython erases NVS that it cannot read (`nvs_flash_erase` in main.c). */
export const movedNvs = ({ source, target }: TablePair): PairFault[] =>
  source.filter(isNvs).flatMap((before) => {
    const own = target.filter(isNvs);
    if (own.some(({ offset, size }) => offset === before.offset && size >= before.size)) return [];
    const message = `'${before.name}' (${hex(before.offset)}, ${sizeText(before.size)}) moves, shrinks or goes, and with it what it holds, such as Wi-Fi credentials: MicroPython erases an nvs that it cannot read. Keep its offset and size.`;
    return [{ message, before, after: own.find(({ name }) => name === before.name) ?? own[0] }];
  });

const isNvs = ({ type, subtype }: PartitionEntry): boolean => type === DATA && subtype === NVS;

/** MicroPython or its files would come to lie over the repartitioner while it runs. */
export const overwrittenRunner = ({ roles: { runner }, cast: { receiver, vfs } }: TablePair): PairFault[] =>
  [receiver, vfs].flatMap((after) => {
    if (!after || !overlaps(after, runner)) return [];
    const message = `'${after.name}' lies over '${runner.name}' of the source table (${hex(runner.offset)} to ${hex(endOf(runner))}), from which the repartitioner runs: it would erase itself. Move '${after.name}' behind it.`;
    return [{ message, before: runner, after }];
  });

/** ESP-IDF since v5.2 writes and erases nothing in a partition that the table in flash calls readonly. */
export const readonlyPlaces = ({ source, cast: { vfs, runner } }: TablePair): PairFault[] =>
  source.flatMap((before) => {
    const after = [vfs, runner].find((entry) => entry && overlaps(entry, before));
    if (!before.readonly || !after) return [];
    const message = `'${before.name}' is readonly on the devices, and the repartitioner has to write there for '${after.name}': ESP-IDF v5.2 and newer refuse that, and it goes back to the firmware. Build it with an older ESP-IDF.`;
    return [{ message, before, after }];
  });

/** The smallest slot of the repartitioner: it arrives in one, runs from one, and is started there by the new table. */
export function roomForRepartitioner({ roles, cast, starts }: TablePair): PartitionEntry | undefined {
  const slots = [...starts.map((start) => arrivalSlot(roles, start)), roles.runner, cast.runner];
  return slots.flatMap((slot) => (slot ? [slot] : [])).toSorted((a, b) => a.size - b.size)[0];
}

/** `size` in bytes. */
export function tooLargeRepartitioner(pair: TablePair, size: number): PairFault[] {
  const smallest = roomForRepartitioner(pair);
  if (!smallest || size <= smallest.size) return [];
  const message = `The repartitioner has ${bytesText(size)} and does not fit '${smallest.name}' of ${bytesText(smallest.size)}: ${bytesText(size - smallest.size)} too many. Build it smaller.`;
  return smallest === pair.cast.runner ? [{ message, after: smallest }] : [{ message, before: smallest }];
}

/** Data of the firmware that devices do not have any more afterwards; otadata and NVS have faults of their own. */
export function lostData(
  { source, target, cast: { receiver } }: TablePair,
  options: EditOptions,
): PairFault[] {
  const isLost = ({ before = -1, bytesLost }: Change): boolean => {
    const entry = source[before];
    return bytesLost > 0 && entry?.type === DATA && ![OTADATA, NVS].includes(entry.subtype);
  };
  const { changes } = diffTables({
    before: entryRows(source),
    after: entryRows(target),
    options,
    slot: receiver && target.indexOf(receiver),
  });
  return changes.filter(isLost).map(({ words, before = -1, after = -1 }) => ({
    message: `${words} Fetch from the devices what is still needed.`,
    before: source[before],
    after: target[after] ?? largestOver(source[before], target),
  }));
}

/** The partition that takes most of the place of another one. */
function largestOver(
  place: PartitionEntry | undefined,
  target: readonly PartitionEntry[],
): PartitionEntry | undefined {
  if (!place) return undefined;
  const shared = (entry: PartitionEntry): number =>
    Math.min(endOf(entry), endOf(place)) - Math.max(entry.offset, place.offset);
  return target.filter((entry) => shared(entry) > 0).toSorted((a, b) => shared(b) - shared(a))[0];
}

/** The same number in otadata selects another slot where there are more or fewer of them. */
export const otherSlotCount = ({ source, target }: TablePair): PairFault[] =>
  slotCountWords(otaSlotsOf(source).length, otaSlotsOf(target).length).map((message) => ({ message }));
