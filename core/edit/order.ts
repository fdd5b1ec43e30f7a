import { isPrimary } from "../table/subtypes";
import type { LayoutRow } from "./intent";
import type { Places } from "./pin";

/**
 * Espressif's tool wants the rows in the order of their offsets. A row that stands between others that fit around it
 * stays; any other goes where it belongs.
 */
export function inOrder(rows: readonly LayoutRow[], number: number, places: Places): readonly LayoutRow[] {
  const at = rows.findIndex(({ row }) => row === number);
  const [row] = rows.slice(at, at + 1);
  if (!row) return rows;
  const offset = offsetOf(row, places) ?? 0;
  const above = offsetsOf(rows.slice(0, at), places).at(-1) ?? offset;
  const below = offsetsOf(rows.slice(at + 1), places)[0] ?? offset;
  return above <= offset && offset <= below ? rows : insertInOrder(rows.toSpliced(at, 1), row, places);
}

/** Puts a row directly behind the last that lies lower, else in front of the first that has a place, else at the end. */
export function insertInOrder(
  rows: readonly LayoutRow[],
  row: LayoutRow,
  places: Places,
): readonly LayoutRow[] {
  const offset = offsetOf(row, places) ?? 0;
  const lower = rows.findLastIndex(
    (other) => (offsetOf(other, places) ?? Number.POSITIVE_INFINITY) <= offset,
  );
  const first = rows.findIndex((other) => offsetOf(other, places) !== undefined);
  const at = lower !== -1 ? lower + 1 : first !== -1 ? first : rows.length;
  return rows.toSpliced(at, 0, row);
}

/** The rows that the tool places itself may stand anywhere and say nothing about the order. */
const offsetOf = ({ row, type, subtype }: LayoutRow, places: Places): number | undefined =>
  isPrimary(type, subtype) ? undefined : places.get(row)?.offset;

const offsetsOf = (rows: readonly LayoutRow[], places: Places): number[] =>
  rows.map((row) => offsetOf(row, places)).filter((offset) => offset !== undefined);
