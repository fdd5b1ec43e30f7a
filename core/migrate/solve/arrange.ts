import { LARGEST_APP } from "../../ota/slots";
import { USEFUL_FILESYSTEM } from "../../rules/support/micropython";
import { endOf } from "../../table/entry";
import { APP, offsetAlignment } from "../../table/subtypes";
import { alignDown, alignUp } from "../../text/units";
import type { Ground } from "./ground";
import { type Extent, largestOf, overlaps, spacesBetween } from "./spaces";

/**
 * What a layout is for.
 *
 * - `published`: as in "Over-the-air switch from ESP-IDF to micropython": the slot that runs stays, the other one grows
 *   in place, the filesystem takes the rest.
 * - `balanced`: two equal slots, so that MicroPython can update itself afterwards.
 * - `largest-vfs`: the slot of MicroPython is as small as the margin allows and lies where most is left for files.
 */
export type ProposalKind = "published" | "balanced" | "largest-vfs";

export const proposalKinds: readonly ProposalKind[] = ["published", "balanced", "largest-vfs"];

/** Where the parts of a layout lie. */
export interface Arrangement {
  readonly runner: Extent;
  /** The update slot beside the two others: only where the factory app runs and there shall be two slots. */
  readonly spare?: Extent | undefined;
  readonly receiver: Extent;
  readonly vfs: Extent;
}

const PAGE = offsetAlignment(APP);

/** The slot that a binary of this many bytes needs: whole pages of 64 KB, because the next app begins at one. */
export const slotFor = (bytes: number): number => alignUp(bytes, PAGE);

/** Where everything lies when the slot of MicroPython has at least `slot` bytes; undefined where it does not fit. */
export function arrange(kind: ProposalKind, ground: Ground, slot: number): Arrangement | undefined {
  if (slot > LARGEST_APP) return undefined;
  switch (kind) {
    case "published":
      return published(ground, slot);
    case "balanced":
      return ground.slots.length === 1 ? balancedBesideFactory(ground, slot) : balanced(ground, slot);
    case "largest-vfs":
      return largestFiles(ground, slot);
  }
}

/** A slot that is larger than needed keeps its size where that leaves room for files. */
function published(ground: Ground, slot: number): Arrangement | undefined {
  const { runner, receiver } = ground;
  const at = (size: number) => withFiles(ground, { runner, receiver: { offset: receiver.offset, size } });
  return at(Math.max(slot, receiver.size)) ?? at(slot);
}

/** The slot that runs may grow, because only its offset counts; it never shrinks below the app that runs from it. */
function balanced(ground: Ground, slot: number): Arrangement | undefined {
  const size = Math.max(slot, slotFor(ground.runner.size));
  const runner = { offset: ground.runner.offset, size };
  const inPlace = withFiles(ground, { runner, receiver: { offset: ground.receiver.offset, size } });
  return inPlace ?? anywhere(ground, runner, size);
}

/** The factory app runs and stays; the only update slot keeps its offset and gets a second one. */
function balancedBesideFactory(ground: Ground, slot: number): Arrangement | undefined {
  return anywhere(ground, ground.runner, slot, { offset: ground.receiver.offset, size: slot });
}

/** Where a smaller or another slot gains nothing, the published layout is the one that changes less. */
function largestFiles(ground: Ground, slot: number): Arrangement | undefined {
  const inPlace = published(ground, slot);
  const best = anywhere(ground, ground.runner, slot);
  return inPlace && (!best || inPlace.vfs.size >= best.vfs.size) ? inPlace : best;
}

/** Tries both ends of every space; the place that leaves most for files wins, of equal ones the lowest. */
function anywhere(ground: Ground, runner: Extent, size: number, spare?: Extent): Arrangement | undefined {
  const taken = [...ground.kept, runner, ...(spare ? [spare] : [])];
  const offsets = spacesBetween(taken, ground.from, ground.to).flatMap((space) => [
    alignUp(space.offset, PAGE),
    alignDown(endOf(space) - size, PAGE),
  ]);
  return offsets
    .toSorted((a, b) => a - b)
    .map((offset) => withFiles(ground, { runner, spare, receiver: { offset, size } }))
    .reduce((best, next) => (next && (!best || best.vfs.size < next.vfs.size) ? next : best), undefined);
}

/** Adds the filesystem in the largest space; nothing where the slots collide or too little is left. */
function withFiles(ground: Ground, parts: Omit<Arrangement, "vfs">): Arrangement | undefined {
  const slots = [parts.runner, parts.receiver, ...(parts.spare ? [parts.spare] : [])];
  if (!slots.every((slot, i) => isFree(slot, [...ground.kept, ...slots.toSpliced(i, 1)], ground)))
    return undefined;
  const vfs = largestOf(spacesBetween([...ground.kept, ...slots], ground.from, ground.to).map(wholeSectors));
  return vfs && vfs.size >= USEFUL_FILESYSTEM ? { ...parts, vfs } : undefined;
}

export const isFree = (
  slot: Extent,
  others: readonly Extent[],
  { from, to }: Pick<Ground, "from" | "to">,
): boolean =>
  slot.offset % PAGE === 0 &&
  from <= slot.offset &&
  endOf(slot) <= to &&
  others.every((other) => !overlaps(slot, other));

function wholeSectors({ offset, size }: Extent): Extent {
  const begin = alignUp(offset, 0x1000);
  return { offset: begin, size: Math.max(0, alignDown(offset + size, 0x1000) - begin) };
}
