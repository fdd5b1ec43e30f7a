import { describe, expect, it } from "vitest";
import { initialState, reduce } from "../../webview/reduce";
import { rowsOf, sceneOfState } from "../../webview/selectors";
import type { PageEvent, State } from "../../webview/state";
import { rowsOfText, snapshotOf } from "./support/host";
import { APP0, APP1, drag, drop, grabEnd, names, opened, pageAfter, remove, rows, VFS } from "./support/page";

describe("dragging", () => {
  it("shows the rows as they would be, and sends nothing", () => {
    const { state, messages } = pageAfter([grabEnd, drag(0x162345)], opened);
    expect(messages).toEqual([]);
    expect(state.gesture?.intent).toEqual({
      kind: "place",
      places: [
        { row: APP0, offset: 0x10000, size: 0x150000 },
        { row: APP1, offset: 0x160000, size: 0x130000 },
      ],
    });
    expect(sceneOfState(state).regions.find(({ row }) => row === APP1)?.offset).toBe(0x160000);
    expect(state.announcement).toBe("app0 ends at 0x160000: app0 1.31 MB, app1 1.19 MB");
  });
  it("sends one intent when it ends", () => {
    const { state, messages } = pageAfter([grabEnd, drag(0x162345), drag(0x160000), drop], opened);
    expect(messages).toEqual([
      { name: "applyIntent", params: { baseVersion: 1, intent: state.pending[0]?.intent } },
    ]);
    expect(state.gesture).toBeUndefined();
    expect(state.pending.length > 0).toBe(true);
    expect(rowsOf(state)[APP0]?.size).toBe(0x150000);
  });
  it("sends nothing when all is where it was", () => {
    const { state, messages } = pageAfter([grabEnd, drag(0x180000), drag(0x150000), drop], opened);
    expect(messages).toEqual([]);
    expect(rowsOf(state)).toBe(opened.snapshot?.rows);
  });
  it("is cancelled without a trace", () => {
    const { state, messages } = pageAfter([grabEnd, drag(0x180000), { kind: "cancel" }], opened);
    expect(messages).toEqual([]);
    expect(rowsOf(state)).toBe(opened.snapshot?.rows);
    expect(state.announcement).toBe("Cancelled: app0 stays as it was");
  });
  it("puts back what was held when something else is taken", () => {
    const { state } = pageAfter([grabEnd, drag(0x180000), { kind: "grab", row: VFS, handle: "end" }], opened);
    expect(rowsOf(state)).toEqual(rows);
    expect(state.gesture).toMatchObject({ row: VFS, handle: "end" });
  });
  it("goes on when the same handle is taken again", () => {
    const { state } = pageAfter([grabEnd, drag(0x180000), grabEnd], opened);
    expect(state.gesture?.intent).toBeDefined();
  });
});

describe("a handle moved by keys", () => {
  const checkNudges = (
    handle: "start" | "body" | "end",
    row: number,
    events: readonly PageEvent[],
    expected: { readonly offset: number; readonly size: number },
  ) => {
    const { state } = pageAfter([{ kind: "grab", row, handle }, ...events], opened);
    expect(sceneOfState(state).regions.find((region) => region.row === row)).toMatchObject(expected);
  };
  const nudge = (steps: number, step = 0x1000): PageEvent => ({ kind: "nudge", steps, step });

  it("goes by sectors", () =>
    checkNudges("end", VFS, [nudge(-1), nudge(-1)], { offset: 0x290000, size: 0xfe000 }));
  it("goes onto multiples of a large step", () =>
    checkNudges("end", VFS, [nudge(-1), nudge(-1, 0x10000)], { offset: 0x290000, size: 0xf0000 }));
  it("goes by pages where an app begins", () =>
    checkNudges("end", APP0, [nudge(1)], { offset: 0x10000, size: 0x150000 }));
  it("goes several steps at once", () =>
    checkNudges("body", VFS, [nudge(3)], { offset: 0x293000, size: 0x100000 }));
  it("goes as far as the neighbours let it", () => {
    checkNudges("end", VFS, [{ kind: "limit", side: 1 }], { offset: 0x290000, size: 0x170000 });
    checkNudges("end", VFS, [{ kind: "limit", side: -1 }], { offset: 0x290000, size: 0x1000 });
    checkNudges("body", VFS, [{ kind: "limit", side: 1 }], { offset: 0x300000, size: 0x100000 });
  });
  it("does not go through a neighbour that it touches", () => {
    checkNudges("end", APP0, [{ kind: "limit", side: 1 }], { offset: 0x10000, size: 0x140000 });
    checkNudges("start", VFS, [{ kind: "limit", side: -1 }], { offset: 0x290000, size: 0x100000 });
  });
  it("stops there", () =>
    checkNudges("end", VFS, [{ kind: "limit", side: 1 }, nudge(1)], { offset: 0x290000, size: 0x170000 }));
  it("carries a partition over its neighbour into the next gap", () => {
    const state = pageAfter([{ kind: "grab", row: 1, handle: "body" }, nudge(1), nudge(1)], opened).state;
    const otadata = sceneOfState(state).regions.find(({ name }) => name === "otadata");
    expect(otadata?.offset).toBe(0x391000);
    expect(names(state).at(-1)).toBe("otadata");
  });
  it("tells each step", () => {
    const { state } = pageAfter([{ kind: "grab", row: VFS, handle: "body" }, nudge(1)], opened);
    expect(state.announcement).toBe("vfs lies from 0x291000 to 0x391000");
  });
});

describe("what cannot be dragged", () => {
  const checkRefused = (state: State, event: PageEvent, words: RegExp) => {
    const step = reduce(state, event);
    expect(step.messages).toEqual([]);
    expect(step.state.gesture).toBeUndefined();
    expect(step.state.refusal).toMatch(words);
    expect(step.state.announcement).toBe(step.state.refusal);
  };
  const locked = pageAfter([
    { kind: "snapshot", snapshot: snapshotOf(rows, 1, { locked: "It is read-only." }) },
  ]).state;

  it("is a table that is locked", () => checkRefused(locked, grabEnd, /^It is read-only\.$/));
  it("which takes no other change either", () => checkRefused(locked, remove(1), /^It is read-only\.$/));
  it("is a row that a variable stands for", () => {
    const fixed = rows.map((row) => (row.row === APP0 ? { ...row, isFixed: true as const } : row));
    const state = pageAfter([{ kind: "snapshot", snapshot: snapshotOf(fixed) }]).state;
    checkRefused(state, grabEnd, /'app0' cannot be dragged: a variable/);
    // Its neighbour may be taken, but not the edge that both share.
    const dragged = pageAfter([{ kind: "grab", row: APP1, handle: "start" }, drag(0x160000)], state).state;
    expect(rowsOf(dragged)).toEqual(fixed);
    expect(dragged.refusal).toMatch(/'app0' cannot be dragged: a variable/);
  });
  it("is a row without a place", () => {
    const state = pageAfter([{ kind: "snapshot", snapshot: snapshotOf(rowsOfText("nvs,data,nvs,,")) }]).state;
    checkRefused(state, { kind: "grab", row: 0, handle: "end" }, /'nvs' has no place in flash yet/);
  });
  it("is an edge without room", () => {
    const text = "a,app,ota_0,0x11000,0x10100\nb,data,fat,0x100000,0";
    const state = pageAfter([{ kind: "snapshot", snapshot: snapshotOf(rowsOfText(text)) }]).state;
    checkRefused(state, { kind: "grab", row: 0, handle: "start" }, /This edge of 'a' cannot be dragged/);
    checkRefused(state, { kind: "grab", row: 1, handle: "end" }, /This edge of 'b' cannot be dragged/);
    checkRefused(state, { kind: "grab", row: 7, handle: "end" }, /There is no row 8 in the table any more/);
  });
  it("is anything before the first snapshot", () => {
    const events: PageEvent[] = [grabEnd, drag(1), drop, remove(0), { kind: "limit", side: 1 }];
    expect(pageAfter(events)).toEqual({
      state: { ...initialState, refusal: undefined, gesture: undefined },
      messages: [],
    });
  });
});

describe("a drag while the table changes", () => {
  const dragging = pageAfter([grabEnd, drag(0x160000)], opened).state;

  it("goes on when only names change", () => {
    const renamed = rows.map((row) => (row.row === APP1 ? { ...row, name: "spare" } : row));
    const { state } = pageAfter([{ kind: "snapshot", snapshot: snapshotOf(renamed, 2) }], dragging);
    expect(state.gesture?.intent).toEqual(dragging.gesture?.intent);
    expect(rowsOf(state)[APP1]).toMatchObject({ name: "spare", size: 0x130000 });
  });
  it("goes on when what was done before is answered", () => {
    const waiting = pageAfter(
      [remove(0), { kind: "grab", row: 1, handle: "end" }, drag(0x160000)],
      opened,
    ).state;
    const base = waiting.pending[0]?.rows ?? [];
    const host: PageEvent = {
      kind: "snapshot",
      snapshot: snapshotOf(
        base.map((row) => ({ ...row, cells: [] })),
        2,
      ),
    };
    const { state, messages } = pageAfter([host, drop], waiting);
    expect(messages).toMatchObject([{ params: { baseVersion: 2, intent: { kind: "place" } } }]);
    expect(rowsOf(state)[1]?.size).toBe(0x150000);
  });
  it("ends when something moves under it, and that is said", () => {
    const { state, messages } = pageAfter(
      [{ kind: "snapshot", snapshot: snapshotOf(rows.slice(1), 2) }, drop],
      dragging,
    );
    expect(messages).toEqual([]);
    expect(state.gesture).toBeUndefined();
    expect(state.announcement).toMatch(/what was being dragged went back/);
  });
});
