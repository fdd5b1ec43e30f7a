import type { PartitionEntry } from "../../table/entry";
import { hex, percentText, sizeText } from "../../text/units";
import { bytesText } from "../bytesText";
import { arrivalSlot, otaSlotsOf, type Roles, startableApps } from "../roles";

/** Whether MicroPython can update itself over the air in this table, and why, or why not. */
export function selfUpdate(target: readonly PartitionEntry[], binarySize: number) {
  const slots = otaSlotsOf(target);
  const [smallest] = slots.toSorted((a, b) => a.size - b.size);
  if (!smallest || slots.length < 2)
    return {
      isPossible: false,
      words: "MicroPython cannot update itself over the air later, because there is only one update slot.",
    };
  if (smallest.size < binarySize)
    return {
      isPossible: false,
      words: `MicroPython cannot update itself over the air later: it has ${bytesText(binarySize)}, and '${smallest.name}' only ${bytesText(smallest.size)}.`,
    };
  return {
    isPossible: true,
    words: `MicroPython can update itself over the air later: it fits ${slots.map(({ name }) => `'${name}'`).join(" and ")}. An update may have up to ${bytesText(smallest.size)}.`,
  };
}

/** How much the slot leaves, and that it is less than was wanted where it is. */
export function marginWords(receiver: PartitionEntry, binarySize: number, margin: number): string {
  const spare = receiver.size - binarySize;
  const left = `'${receiver.name}' has ${hex(receiver.size)} (${sizeText(receiver.size)}) and leaves ${bytesText(spare)}, ${percentText(spare / binarySize)} of the binary.`;
  return spare >= binarySize * margin
    ? left
    : `${left} There was no room for the ${percentText(margin)} that were wanted, so a later release may not fit.`;
}

/** How the repartitioner gets to where it runs from, for each slot from which the devices may run today. */
export function arrivalWords(
  source: readonly PartitionEntry[],
  roles: Roles,
  from?: PartitionEntry,
): string[] {
  const starts = from ? [from] : startableApps(source);
  const unknown = "It is not known from which slot the devices run; the layout suits all of them.";
  return [...(from ? [] : [unknown]), ...starts.map((start) => arrivalOf(roles, start))];
}

function arrivalOf(roles: Roles, start: PartitionEntry): string {
  const arrival = arrivalSlot(roles, start);
  const { runner } = roles;
  const copying = `it copies itself to '${runner.name}' first, over what is there.`;
  if (arrival?.offset === start.offset)
    return `A device that runs from '${start.name}' starts '${runner.name}' for an update and gets the repartitioner into '${arrival.name}'; ${copying}`;
  return arrival === undefined || arrival.offset === runner.offset
    ? `A device that runs from '${start.name}' gets the repartitioner into '${runner.name}', where it stays.`
    : `A device that runs from '${start.name}' gets the repartitioner into '${arrival.name}'; ${copying}`;
}

/** With fewer slots the number in otadata may select another one; of a single slot it says nothing, so it can stay. */
export const slotCountWords = (before: number, after: number): string[] =>
  before === after || before === 1
    ? []
    : [
        `The table has ${before} update slots and gets ${after}, so otadata is written anew before the table is: the same number would select another slot.`,
      ];
