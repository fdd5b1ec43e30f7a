import type { FlashRange } from "../../core/job/range";
import { rangeText } from "../../core/job/range";
import type { FoundBoard } from "../../device/flows/flashFlow";
import { partitionOn } from "./makers";
import { Stop } from "./stop";

export type NamedRange = FlashRange & { readonly name: string };

/** The partitions and ranges that the command line names, as places in the flash of the board. */
export function namedRanges(
  found: FoundBoard,
  partitions: readonly string[],
  ranges: readonly FlashRange[],
): NamedRange[] {
  return [
    ...partitions.map((name) => ({ name, ...placeOf(found, name) })),
    ...ranges.map((range) => ({ name: rangeText(range).replace(" to ", "-"), ...range })),
  ];
}

function placeOf(found: FoundBoard, name: string): FlashRange {
  const place = partitionOn(found, name);
  if (!place.ok) throw new Stop(1, place.message);
  return place.value;
}
