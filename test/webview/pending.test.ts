import { describe, expect, it } from "vitest";
import { rowsOf, sceneOfState } from "../../webview/selectors";
import type { PageEvent } from "../../webview/state";
import { otaTable, rowsOfText, snapshotOf } from "./support/host";
import { answer, drop, grabEnd, names, opened, pageAfter, remove, rows, snapshot, VFS } from "./support/page";

describe("changes one after the other", () => {
  it("are shown at once, and sent one by one", () => {
    const first = pageAfter([remove(VFS), remove(1)], opened);
    expect(first.messages).toHaveLength(1);
    expect(names(first.state)).toEqual(["nvs", "app0", "app1"]);
    const sent: PageEvent = {
      kind: "snapshot",
      snapshot: snapshotOf(rowsOfText(otaTable.split("\n").slice(0, 4).join("\n")), 2),
    };
    const second = pageAfter([sent], first.state);
    expect(second.messages).toEqual([
      { name: "applyIntent", params: { baseVersion: 2, intent: { kind: "delete", row: 1 } } },
    ]);
    expect(names(second.state)).toEqual(["nvs", "app0", "app1"]);
  });
  it("name rows as the host will number them", () => {
    const { state } = pageAfter([remove(0), remove(0)], opened);
    expect(names(state)).toEqual(["app0", "app1", "vfs"]);
    expect(rowsOf(state).map(({ row }) => row)).toEqual([0, 1, 2]);
  });
  it("outlast new facts about the same text, which answer nothing", () => {
    const facts: PageEvent = { kind: "snapshot", snapshot: snapshotOf(rows, 1, { chip: "ESP32-S3" }) };
    const { state, messages } = pageAfter([remove(VFS), remove(1), facts], opened);
    expect(messages).toHaveLength(1);
    expect(state.pending).toHaveLength(2);
    expect(state.snapshot?.chip).toBe("ESP32-S3");
    expect(state.refusal).toBeUndefined();
    expect(names(state)).toEqual(["nvs", "app0", "app1"]);
  });
  it("are given up when the table is another one, and that is said", () => {
    const waiting = pageAfter([remove(VFS), remove(1)], opened).state;
    const other: PageEvent = { kind: "snapshot", snapshot: snapshotOf(rows.slice(0, 3), 2) };
    const { state, messages } = pageAfter([other], waiting);
    expect(messages).toEqual([]);
    expect(state.pending.length > 0).toBe(false);
    expect(state.announcement).toMatch(/^The table was changed elsewhere/);
    expect(names(state)).toEqual(["nvs", "otadata", "app0"]);
  });
  it("may be typed into several fields, whatever becomes of the first", () => {
    const write = (row: number, name: string): PageEvent => ({
      kind: "intent",
      intent: { kind: "write", row, cells: { name } },
    });
    const waiting = pageAfter([write(0, "nvs2"), write(0, "nvs3")], opened);
    expect(waiting.messages).toHaveLength(1);
    const typed = rows.map((row) => (row.row === 0 ? { ...row, name: "nvs2", size: undefined } : row));
    const { messages } = pageAfter([{ kind: "snapshot", snapshot: snapshotOf(typed, 2) }], waiting.state);
    expect(messages).toMatchObject([{ params: { baseVersion: 2, intent: { cells: { name: "nvs3" } } } }]);
  });
  it("are not sent when they change nothing", () => {
    const write = (name: string): PageEvent => ({
      kind: "intent",
      intent: { kind: "write", row: 0, cells: { name } },
    });
    const reorder: PageEvent = { kind: "intent", intent: { kind: "reorder", row: 1, before: 2 } };
    expect(pageAfter([write("nvs"), reorder], opened).messages).toEqual([]);
    expect(pageAfter([write("nvs2"), write("nvs")], opened).state.pending).toHaveLength(2);
    // Enter and leaving the field both write it.
    const twice = pageAfter([write("nvs2"), write("nvs2")], opened).state;
    const typed = rows.map((row) => (row.row === 0 ? { ...row, name: "nvs2", cells: ["nvs2"] } : row));
    const answer: PageEvent = { kind: "snapshot", snapshot: snapshotOf(typed, 2) };
    expect(pageAfter([answer], twice)).toMatchObject({ state: { pending: [] }, messages: [] });
  });
  it("are refused here when they cannot be done", () => {
    const { state, messages } = pageAfter([remove(99)], opened);
    expect(messages).toEqual([]);
    expect(state.refusal).toBe("There is no row 100 in the table any more.");
  });
  it("end with a refusal, which stays until the next thing that is done", () => {
    const refused = pageAfter(
      [remove(VFS), remove(0), { kind: "refused", message: "No." }, snapshot],
      opened,
    ).state;
    expect(refused).toMatchObject({ refusal: "No.", announcement: "No.", pending: [] });
    expect(names(refused)).toContain("vfs");
    expect(pageAfter([grabEnd], refused).state.refusal).toBeUndefined();
    expect(pageAfter([{ kind: "select", key: "row-1" }], refused).state.refusal).toBeUndefined();
  });
});

describe("the selection", () => {
  const checkSelected = (events: readonly PageEvent[], name: string | null) => {
    const { state } = pageAfter([...events, answer(pageAfter(events, opened).state, 2)], opened);
    const region = sceneOfState(state).regions.find(({ key }) => key === state.selected);
    expect(region?.name ?? null).toBe(name);
  };
  const select = (row: number): PageEvent => ({ kind: "select", key: `row-${row}` });
  const add: PageEvent = {
    kind: "intent",
    intent: { kind: "add", name: "log", type: "data", subtype: "", offset: 0x390000, size: 0x1000 },
  };

  it("is told to the host, once", () => {
    const { messages } = pageAfter([select(3), select(3), { kind: "select", key: "gap-0x0" }], opened);
    expect(messages).toEqual([
      { name: "select", params: { row: 3 } },
      { name: "select", params: { row: null } },
    ]);
  });
  it("is told by the number that the host knows while a change is under way", () => {
    const { messages } = pageAfter([remove(1), select(2)], opened);
    expect(messages.slice(1)).toEqual([{ name: "select", params: { row: 3 } }]);
  });
  it("is not told while the host does not have the row yet", () => {
    const { messages } = pageAfter([add, select(0), select(5)], opened);
    expect(messages.slice(1)).toEqual([{ name: "select", params: { row: 0 } }]);
  });
  it("follows the text cursor by the number that the row has here", () => {
    const { state } = pageAfter([remove(1), { kind: "cursor", row: 3 }], opened);
    expect(state.selected).toBe("row-2");
    expect(pageAfter([{ kind: "cursor", row: 1 }], state).state.selected).toBe("row-2");
  });
  it("follows the text cursor, and says nothing back", () => {
    const { state, messages } = pageAfter(
      [
        { kind: "cursor", row: 3 },
        { kind: "cursor", row: null },
      ],
      opened,
    );
    expect(state.selected).toBe("row-3");
    expect(messages).toEqual([]);
  });
  it("goes to a new row", () => checkSelected([add], "log"));
  it("goes to the neighbour of a deleted row", () => {
    checkSelected([select(1), remove(1)], "app0");
    checkSelected([select(VFS), remove(VFS)], "app1");
  });
  it("stays with its row when another one is deleted", () => checkSelected([select(3), remove(1)], "app1"));
  it("follows a row to another place", () =>
    checkSelected([select(0), { kind: "intent", intent: { kind: "reorder", row: 0, before: 2 } }], "nvs"));
  it("follows a partition that is dragged over others", () =>
    checkSelected(
      [select(1), { kind: "grab", row: 1, handle: "body" }, { kind: "limit", side: 1 }, drop],
      "otadata",
    ));
  it("ends with its region", () => {
    const gone: PageEvent = { kind: "snapshot", snapshot: snapshotOf(rows.slice(0, 2), 2) };
    expect(pageAfter([select(4), gone], opened).state.selected).toBeNull();
    const noGap: PageEvent = {
      kind: "snapshot",
      snapshot: snapshotOf(rows, 2, { options: { tableOffset: 0x8000, extraSubtypes: [], md5Row: true } }),
    };
    expect(pageAfter([{ kind: "select", key: "gap-0x390000" }, noGap], opened).state.selected).toBeNull();
  });
  it("outlives a row that is not complete for a moment", () => {
    const broken = rows.map((row) => (row.row === 3 ? { ...row, size: undefined } : row));
    const events: PageEvent[] = [select(3), { kind: "snapshot", snapshot: snapshotOf(broken, 2) }];
    expect(pageAfter(events, opened).state.selected).toBe("row-3");
  });
});
