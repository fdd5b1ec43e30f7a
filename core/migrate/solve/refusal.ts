import { endOf } from "../../table/entry";
import { hex, sizeText } from "../../text/units";
import { bytesText } from "../bytesText";
import { isFree, type ProposalKind, slotFor } from "./arrange";
import type { Ground } from "./ground";
import type { ImpossibleLayout, ProposalInput } from "./proposal";
import { type Remedies, remediesFor } from "./remedies";
import { type Extent, overlaps } from "./spaces";

/** Why there is no layout of this kind, and what would help. */
export function refusal(kind: ProposalKind, ground: Ground, input: ProposalInput): ImpossibleLayout {
  const remedies = remediesFor(kind, ground, input);
  return {
    kind,
    isPossible: false,
    why: reason(kind, ground, slotFor(input.binarySize), remedies),
    ...(remedies.largestBinary === undefined
      ? {}
      : { missingBytes: input.binarySize - remedies.largestBinary }),
    remedies: remedies.words,
  };
}

/** A layout for which the table, the number of slots or a rule stands in the way: no size helps. */
export const refusedOutright = (
  kind: ProposalKind,
  why: string,
  remedies: readonly string[] = [],
): ImpossibleLayout => ({ kind, isPossible: false, why, remedies });

function reason(kind: ProposalKind, ground: Ground, slot: number, { largestBinary }: Remedies): string {
  const { runner, receiver } = ground;
  if (!isFree(runner, ground.kept, ground))
    return `'${runner.name}' at ${hex(runner.offset)} must not move, and no app can start there: ${obstacle(ground, runner)}.`;
  const grown = { offset: receiver.offset, size: slot };
  if (kind === "published" && !isFree(grown, [...ground.kept, runner], ground))
    return `'${receiver.name}' stays at ${hex(grown.offset)} and would need ${hex(slot)} (${sizeText(slot)}), but ${obstacle(ground, grown)}.`;
  const size = Math.max(slot, slotFor(runner.size));
  if (kind === "balanced" && runner.size < size && !isFree({ ...runner, size }, ground.kept, ground))
    return `'${runner.name}' would have to grow to ${hex(size)} (${sizeText(size)}), but ${obstacle(ground, { ...runner, size })}.`;
  if (kind === "balanced" && largestBinary === undefined)
    return `Two slots of ${hex(size)} (${sizeText(size)}) leave no 64 KB for a filesystem beside what stays where it is, and '${runner.name}' is not made smaller.`;
  const most =
    largestBinary === undefined
      ? "There is no room for a slot at all"
      : `There is room for a binary of ${bytesText(largestBinary)} at most`;
  return `${most} beside '${runner.name}', a filesystem of 64 KB or more and what stays where it is.`;
}

function obstacle({ kept, runner, to }: Ground, slot: Extent): string {
  if (slot.offset % 0x10000 !== 0)
    return `${hex(slot.offset)} is not a multiple of 64 KB, where an app must begin`;
  const inTheWay = [...kept, runner].find((entry) => entry.offset !== slot.offset && overlaps(entry, slot));
  if (inTheWay) return `'${inTheWay.name}' at ${hex(inTheWay.offset)} stays there`;
  return endOf(slot) > to ? `the flash ends at ${hex(to)}` : "it lies over the partition table";
}
