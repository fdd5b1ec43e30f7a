import { type LayoutRow, NEW_ROW } from "../core/edit/intent";
import type { Comparison, Scene } from "../core/picture/scene";
import {
  comparisonOf as compared,
  type PictureFacts,
  sourceScene,
  targetScene,
} from "../core/picture/tables";
import type { LayoutSnapshot, SnapshotProblem } from "../protocol/webview";
import type { State } from "./state";

type Rows = readonly LayoutRow[];
const noRows: Rows = [];
const noScene: Scene = { regions: [], end: 0, unplaced: [] };

/** The rows that the next change builds on: with all changes that the host has not answered yet. */
export const baseOf = ({ pending, snapshot }: State): Rows =>
  pending.at(-1)?.rows ?? snapshot?.rows ?? noRows;

/** The rows that are drawn now. */
export const rowsOf = (state: State): Rows => state.gesture?.rows ?? baseOf(state);

/** The number in the snapshot of a row that is drawn now. */
export const originOf = ({ pending }: State, row: number): number => {
  const last = pending.at(-1);
  return last ? (last.origins[row] ?? NEW_ROW) : row;
};

/** The same for the host: `null` for none, and for one that the text does not have. */
export function textRowOf(state: State, row: number | undefined): number | null {
  const origin = row === undefined ? NEW_ROW : originOf(state, row);
  return origin === NEW_ROW ? null : origin;
}

/** The number among the rows that are drawn now of a row of the snapshot; `NEW_ROW` for one that is gone. */
export const drawnRowOf = ({ pending }: State, row: number): number =>
  pending.at(-1)?.origins.indexOf(row) ?? row;

/** The problems of a row, or of the whole table; the worst first. */
export function problemsOfRow(state: State, row: number | undefined): readonly SnapshotProblem[] {
  const origin = row === undefined ? undefined : originOf(state, row);
  return state.snapshot?.problems.filter((problem) => problem.row === origin) ?? [];
}

/** The picture of what is drawn now. */
export const sceneOfState = (state: State): Scene =>
  state.snapshot ? target(rowsOf(state), state.snapshot) : noScene;

/** Before and after; undefined where there is no source table, or none that could be read. */
export const comparisonOf = (state: State): Comparison | undefined =>
  state.snapshot?.source && state.snapshot.source.fault === undefined
    ? comparison(rowsOf(state), state.snapshot)
    : undefined;

/** Computes once for each pair of rows and snapshot: a drawing asks several times, and many events change neither. */
function remembered<Value>(
  compute: (rows: Rows, snapshot: LayoutSnapshot) => Value,
): (rows: Rows, snapshot: LayoutSnapshot) => Value {
  const known = new WeakMap<Rows, { readonly snapshot: LayoutSnapshot; readonly value: Value }>();
  return (rows, snapshot) => {
    const last = known.get(rows);
    if (last?.snapshot === snapshot) return last.value;
    const value = compute(rows, snapshot);
    known.set(rows, { snapshot, value });
    return value;
  };
}

const target = remembered((rows, snapshot): Scene => targetScene(rows, factsOf(snapshot)));

const source = remembered((rows, { options }): Scene => sourceScene(rows, options));

const comparison = remembered((rows, snapshot): Comparison | undefined => {
  const before = snapshot.source?.rows ?? noRows;
  return compared(source(before, snapshot), before, rows, snapshot.options);
});

const factsOf = ({ options, binary, source: table, role }: LayoutSnapshot): PictureFacts => ({
  options,
  binary,
  isMigrated: table !== undefined || role === "source",
});
