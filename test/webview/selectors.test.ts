import { describe, expect, it } from "vitest";
import { NEW_ROW } from "../../core/edit/intent";
import { initialState } from "../../webview/reduce";
import { comparisonOf, problemsOfRow, rowsOf, sceneOfState } from "../../webview/selectors";
import type { State } from "../../webview/state";
import { shapeOf, snapshotOf } from "./support/host";
import {
  APP0,
  APP1,
  answer,
  drag,
  drop,
  grabEnd,
  opened,
  pageAfter,
  remove,
  rows,
  VFS,
} from "./support/page";

describe("what a view asks", () => {
  it("is computed once", () => {
    expect(sceneOfState(opened)).toBe(sceneOfState({ ...opened, selected: "row-1" }));
    expect(sceneOfState(initialState)).toEqual({ regions: [], end: 0, unplaced: [] });
    expect(comparisonOf(opened)).toBeUndefined();
  });
  it("finds the problems of a row wherever it goes", () => {
    const problem = (row?: number) =>
      ({
        id: "size-zero",
        severity: "warning",
        message: `${row}`,
        fixes: [],
        ...(row === undefined ? {} : { row }),
      }) as const;
    const problems = [problem(APP1), problem(), problem(VFS)];
    const state = pageAfter([{ kind: "snapshot", snapshot: snapshotOf(rows, 1, { problems }) }]).state;
    const messagesOf = (at: State, row?: number) => problemsOfRow(at, row).map(({ message }) => message);
    expect(messagesOf(state, VFS)).toEqual(["4"]);
    expect(messagesOf(state)).toEqual(["undefined"]);
    const deleted = pageAfter([remove(0)], state).state;
    expect(messagesOf(deleted, APP1)).toEqual(["4"]);
    expect(messagesOf(deleted, 2)).toEqual(["3"]);
    expect(messagesOf(pageAfter([remove(0)], deleted).state, 2)).toEqual(["4"]);
    const added = pageAfter(
      [
        {
          kind: "intent",
          intent: { kind: "add", name: "x", type: "data", subtype: "", offset: 0x390000, size: 0x1000 },
        },
      ],
      state,
    ).state;
    expect(added.pending[0]?.origins.at(-1)).toBe(NEW_ROW);
    expect(messagesOf(added, 5)).toEqual([]);
  });
  it("marks the slots of a migration, also while they are dragged", () => {
    const source = { title: "field.csv", rows };
    const binary = { title: "MicroPython", appSize: 0x130000, phrase: "", fits: true };
    const state = pageAfter([{ kind: "snapshot", snapshot: snapshotOf(rows, 1, { source, binary }) }]).state;
    const { regions } = sceneOfState(state);
    expect(regions.filter(({ isRunning }) => isRunning).map(({ name }) => name)).toEqual(["app0"]);
    expect(regions.filter(({ fill }) => fill?.isTarget).map(({ name }) => name)).toEqual(["app1"]);
    const comparison = comparisonOf(state);
    expect(comparison?.source.regions.some(({ isRunning }) => isRunning)).toBe(true);
    expect(comparisonOf({ ...state, selected: null })).toBe(comparison);
    const dragged = pageAfter([grabEnd, drag(0x160000)], state).state;
    expect(comparisonOf(dragged)?.source).toBe(comparison?.source);
    expect(comparisonOf(dragged)?.diff.changes.find(({ after: row }) => row === APP0)?.kind).toBe("grown");
  });
  it("compares nothing with a table that could not be read", () => {
    const source = { title: "field.csv", rows: [], fault: "It is missing." };
    expect(
      comparisonOf(pageAfter([{ kind: "snapshot", snapshot: snapshotOf(rows, 1, { source }) }]).state),
    ).toBeUndefined();
  });
  it("is of the same shape as what the host has", () => {
    const { state } = pageAfter([grabEnd, drag(0x160000), drop], opened);
    expect(shapeOf(rowsOf(pageAfter([answer(state, 2)], state).state))).toEqual(shapeOf(rowsOf(state)));
  });
});
