import { add } from "./add";
import { placeFault, rowFault } from "./checkPlace";
import type { EditOptions, LayoutIntent, LayoutRow } from "./intent";
import { inOrder } from "./order";
import { type Edited, refuse } from "./outcome";
import { pinned, placesOf } from "./pin";
import { reorder } from "./reorder";

/** What can be done to rows without their text; typing cannot. */
export type GeometryIntent = Exclude<LayoutIntent, { kind: "write" }>;

/**
 * The rows after an intent. Nothing moves that was not named: every other partition keeps offset and size, and a
 * blank offset stays blank only where it still gives the same place. Overlaps and what lies beyond the end of flash are not
 * refused, because a table that is wrong is mended one step after the other; the rules tell of them.
 */
export function applyIntent(
  rows: readonly LayoutRow[],
  intent: GeometryIntent,
  options: EditOptions,
): Edited {
  switch (intent.kind) {
    case "place":
      return place(rows, intent, options);
    case "add":
      return add(rows, intent, options);
    case "delete":
      return remove(rows, intent, options);
    case "reorder":
      return reorder(rows, intent, options);
  }
}

function place(
  rows: readonly LayoutRow[],
  intent: Extract<LayoutIntent, { kind: "place" }>,
  options: EditOptions,
): Edited {
  const before = placesOf(rows, options);
  for (const wanted of intent.places) {
    const row = rows.find((other) => other.row === wanted.row);
    const present = before.get(wanted.row);
    const fault = rowFault(row, wanted.row, present);
    if (fault) return refuse(fault);
    const misplaced = row && placeFault(row, wanted, present ?? {}, options);
    if (misplaced) return refuse(misplaced);
  }
  const after = new Map([...before, ...intent.places.map((wanted) => [wanted.row, wanted] as const)]);
  const ordered = intent.places.reduce<readonly LayoutRow[]>(
    (sorted, wanted) => inOrder(sorted, wanted.row, after),
    rows,
  );
  return { ok: true, rows: pinned(ordered, after, options) };
}

function remove(
  rows: readonly LayoutRow[],
  { row }: Extract<LayoutIntent, { kind: "delete" }>,
  options: EditOptions,
): Edited {
  const kept = rows.filter((other) => other.row !== row);
  if (kept.length === rows.length) return refuse(`There is no row ${row + 1} in the table any more.`);
  return { ok: true, rows: pinned(kept, placesOf(rows, options), options) };
}
