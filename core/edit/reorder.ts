import { endOf } from "../table/entry";
import { firstFreeOffset } from "../table/options";
import { isComputed, isPrimary, offsetAlignment } from "../table/subtypes";
import { alignUp, hex, sizeText } from "../text/units";
import type { EditOptions, LayoutIntent, LayoutRow, Place } from "./intent";
import { type Edited, refuse } from "./outcome";
import { type Places, pinned, placesOf } from "./pin";

/**
 * A row goes in front of another one. The partitions between its old and its new position follow one another from where
 * the first of them began; what was free between them is free behind them.
 */
export function reorder(
  rows: readonly LayoutRow[],
  { row, before }: Extract<LayoutIntent, { kind: "reorder" }>,
  options: EditOptions,
): Edited {
  const from = rows.findIndex((other) => other.row === row);
  const target = before === null ? rows.length : rows.findIndex((other) => other.row === before);
  const moved = rows[from];
  if (!moved || target === -1)
    return refuse(`There is no row ${(moved && before !== null ? before : row) + 1} in the table any more.`);
  const to = target > from ? target - 1 : target;
  if (from === to) return { ok: true, rows };
  const ordered = rows.toSpliced(from, 1).toSpliced(to, 0, moved);
  const places = placesOf(rows, options);
  const run = runAround(moved, ordered.slice(Math.min(from, to), Math.max(from, to) + 1), places);
  const closed = closedUp(run, places, options);
  const fault = stuckFault(run, places) ?? roomFault(run, closed, places, options);
  return fault
    ? refuse(`'${moved.name}' cannot go there: ${fault}`)
    : { ok: true, rows: pinned(ordered, new Map([...places, ...closed]), options) };
}

/** The rows that close up. One that has no part in the order of the others takes none of them along. */
const runAround = (moved: LayoutRow, between: readonly LayoutRow[], places: Places): readonly LayoutRow[] =>
  isPrimary(moved.type, moved.subtype) || !places.has(moved.row)
    ? []
    : between.filter(({ type, subtype }) => !isPrimary(type, subtype));

/** New places for a run of rows, one directly behind the other, from where the first of them is today. */
function closedUp(run: readonly LayoutRow[], places: Places, options: EditOptions): Places {
  let at = Math.max(firstFreeOffset(options), Math.min(...placesIn(run, places).map(({ offset }) => offset)));
  return new Map(
    run.map(({ row, type }) => {
      const offset = alignUp(at, offsetAlignment(type));
      const size = places.get(row)?.size ?? 0;
      at = offset + size;
      return [row, { row, offset, size }];
    }),
  );
}

const placesIn = (run: readonly LayoutRow[], places: Places): Place[] =>
  run.map(({ row }) => places.get(row)).filter((place) => place !== undefined);

function stuckFault(run: readonly LayoutRow[], places: Places): string | undefined {
  const stuck = run.find(({ row, type }) => isComputed(type) || !((places.get(row)?.size ?? 0) > 0));
  if (!stuck) return undefined;
  return isComputed(stuck.type)
    ? `'${stuck.name}' would have to move, but the build computes its place or its size.`
    : `'${stuck.name}' would have to move, but its place is not known. Complete its row in the text first.`;
}

function roomFault(
  run: readonly LayoutRow[],
  closed: Places,
  places: Places,
  options: EditOptions,
): string | undefined {
  const missing = Math.max(...placesIn(run, closed).map(endOf)) - limitOf(run, places, options);
  return missing > 0
    ? `${hex(missing)} bytes (${sizeText(missing)}) are missing for the alignment of the offsets (0x10000 for apps, 0x1000 for others). Make one of the partitions in between smaller first.`
    : undefined;
}

/** How far the run may reach: to what lies behind it, to the end of flash, or as far as it reaches today. */
function limitOf(run: readonly LayoutRow[], places: Places, { flashSize = 2 ** 32 }: EditOptions): number {
  const inRun = new Set(run.map(({ row }) => row));
  const today = placesIn(run, places);
  const start = Math.min(...today.map(({ offset }) => offset));
  const behind = [...places.values()].filter(({ row, offset }) => !inRun.has(row) && start < offset);
  const limit = Math.min(flashSize, ...behind.map(({ offset }) => offset));
  return Math.max(limit, ...today.map(endOf));
}
