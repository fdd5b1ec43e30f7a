import { endOf } from "../table/entry";
import { firstFreeOffset } from "../table/options";
import { APP, appSizeAlignment, isComputed, offsetAlignment } from "../table/subtypes";
import { alignDown, alignUp, hex } from "../text/units";
import type { EditOptions, LayoutRow, Place } from "./intent";

/** What a place is checked for: only apps have sizes of their own. */
type Kind = Pick<LayoutRow, "name" | "type">;
type Extent = Pick<Place, "offset" | "size">;

/** Addresses have 32 bits. */
const BEYOND = 2 ** 32;

/** Why somebody cannot give this row a place, as a sentence. */
export function rowFault(
  row: LayoutRow | undefined,
  number: number,
  before: Extent | undefined,
): string | undefined {
  if (!row) return `There is no row ${number + 1} in the table any more.`;
  if (isComputed(row.type))
    return `The build computes the place or the size of '${row.name}' from the offset of the partition table. Change that offset in the project's configuration instead.`;
  if (!before)
    return `'${row.name}' has no place in flash yet, because its row or one above it is incomplete. Complete it in the text first.`;
  return undefined;
}

/**
 * Why a partition cannot lie there, as a sentence. What stays as it is `before` is not looked at, so that a table that is wrong
 * can be mended step by step.
 */
export function placeFault(
  kind: Kind,
  place: Extent,
  before: Partial<Extent>,
  options: EditOptions,
): string | undefined {
  const isMoved = place.offset !== before.offset;
  const isResized = place.size !== before.size;
  return (
    (isMoved ? offsetFault(kind, place.offset, options) : undefined) ??
    (isResized ? sizeFault(kind, place.size, options) : undefined) ??
    (isMoved || isResized ? endFault(kind, endOf(place)) : undefined)
  );
}

function offsetFault({ name, type }: Kind, offset: number, options: EditOptions): string | undefined {
  const lowest = firstFreeOffset(options);
  const alignment = offsetAlignment(type);
  if (offset < lowest)
    return `'${name}' cannot begin at ${hex(offset)}: the partition table ends at ${hex(lowest)}. Use ${hex(alignUp(lowest, alignment))} or higher.`;
  if (offset % alignment !== 0)
    return `'${name}' cannot begin at ${hex(offset)}: ${type === APP ? "an app" : "a partition"} begins at a multiple of ${hex(alignment)}. Use ${around(offset, alignment)}.`;
  return undefined;
}

function sizeFault({ name, type }: Kind, size: number, { secure }: EditOptions): string | undefined {
  if (!(size > 0)) return `'${name}' needs a size. Give it at least 0x1000 bytes (4 KB).`;
  const alignment = type === APP ? appSizeAlignment(secure) : 1;
  if (size % alignment !== 0)
    return `The size ${hex(size)} of '${name}' must be a multiple of ${hex(alignment)}${secure === "v1" ? " for Secure Boot V1" : ""}. Use ${around(size, alignment)}.`;
  return undefined;
}

const endFault = ({ name }: Kind, end: number): string | undefined =>
  end < BEYOND
    ? undefined
    : `'${name}' would end at ${hex(end)}, beyond the 32 bits of an address. Make it smaller or move it down.`;

/** The aligned values on both sides; zero is none. */
const around = (value: number, alignment: number): string =>
  [alignDown(value, alignment), alignUp(value, alignment)]
    .filter((aligned) => aligned > 0)
    .map(hex)
    .join(" or ");
