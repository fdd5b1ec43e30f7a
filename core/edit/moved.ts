import type { GeometryIntent } from "./apply";
import type { LayoutRow } from "./intent";

/** The rows that an intent moved past others. Those that it did not name stay, whatever goes past them. */
export function movedRows(
  before: readonly LayoutRow[],
  after: readonly LayoutRow[],
  intent: GeometryIntent,
): ReadonlySet<number> {
  const named = new Set(namedBy(intent));
  const [ranks, newRanks] = [ranksOf(before, named), ranksOf(after, named)];
  const moved = new Set([...named].filter((row) => ranks.get(row) !== newRanks.get(row)));
  // Of named rows that only changed places with each other, all but one move.
  const order = (rows: readonly LayoutRow[]): number[] =>
    rows.map(({ row }) => row).filter((row) => named.has(row) && !moved.has(row));
  const settled = order(before);
  const isSettled = order(after).every((row, index) => row === settled[index]);
  return isSettled ? moved : new Set([...moved, ...settled.slice(1)]);
}

function namedBy(intent: GeometryIntent): number[] {
  if (intent.kind === "place") return intent.places.map(({ row }) => row);
  return intent.kind === "reorder" ? [intent.row] : [];
}

/** How many of the rows that are not named stand above each that is. */
function ranksOf(rows: readonly LayoutRow[], named: ReadonlySet<number>): Map<number, number> {
  const ranks = new Map<number, number>();
  let rank = 0;
  for (const { row } of rows) {
    if (named.has(row)) ranks.set(row, rank);
    else rank++;
  }
  return ranks;
}
