import { describe, expect, test } from "vitest";
import { shownTable } from "../../client/editor/shownTable";
import { snapshotOf } from "../../client/editor/snapshot";
import { analyse } from "../../core/analyse";
import { type ChosenBinary, type Facts, noFacts } from "../../core/facts";
import type { Surroundings } from "../../core/project/surroundings";
import type { LayoutSnapshot } from "../../protocol/webview";
import { hostileTables, tableOfRows, wrongTables } from "../support/tables";
import { noLayoutFacts } from "./fakeLayout";

const shown = (text: string, facts: Partial<Facts> = {}, around: Partial<Surroundings> = {}) =>
  shownTable(text, {
    ...noLayoutFacts,
    surroundings: { ...noLayoutFacts.surroundings, facts: { ...noFacts, ...facts }, ...around },
    version: 7,
    title: "partitions.csv",
    locked: undefined,
  });

const shot = (...of: Parameters<typeof shown>): LayoutSnapshot => shown(...of).snapshot;

const sizeOf = (snapshot: LayoutSnapshot): number =>
  new TextEncoder().encode(JSON.stringify(snapshot)).length;

const micropython: ChosenBinary = {
  name: "fw/micropython.bin",
  kind: "app",
  fault: "",
  appSize: 0xf0000,
  flashSize: 0x400000,
  release: [1, 23, 0],
  title: "MicroPython v1.23.0",
};

const table = `nvs,      data, nvs,     0x9000,   0x4000
otadata,  data, ota,     0xd000,   0x2000
phy_init, data, phy,     0xf000,   0x1000
ota_0,    app,  ota_0,   0x10000,  1M
ota_1,    app,  ota_1,   0x110000, 1M
vfs,      data, fat,     0x210000, 0x1f0000
`;

test("all that the page shows of a good table", () => {
  expect(shot(table, { flashSize: 0x400000, micropython })).toMatchObject({
    version: 7,
    title: "partitions.csv",
    role: "alone",
    options: { tableOffset: 0x8000, flashSize: 0x400000, extraSubtypes: [] },
    problems: [],
    binary: {
      title: "MicroPython v1.23.0",
      appSize: 0xf0000,
      fits: true,
      phrase: "fits ota_1, 64 KB free",
      slot: 4,
    },
  });
  const [nvs, , , , ota1] = shot(table).rows;
  expect(nvs).toEqual({
    row: 0,
    name: "nvs",
    type: 1,
    subtype: 2,
    offset: 0x9000,
    blankOffset: false,
    automatic: false,
    size: 0x4000,
    encrypted: false,
    readonly: false,
    cells: ["nvs", "data", "nvs", "0x9000", "0x4000", ""],
  });
  expect(ota1?.cells).toEqual(["ota_1", "app", "ota_1", "0x110000", "1M", ""]);
});

test("flash ends where the binary was built to end, while nobody knows better", () => {
  const endOf = (facts: Partial<Facts>) => shot(table, facts).options.flashSize;
  expect(endOf({})).toBeUndefined();
  expect(endOf({ micropython })).toBe(0x400000);
  expect(endOf({ micropython, flashSize: 0x800000 })).toBe(0x800000);
});

describe("a problem", () => {
  /** Id, row and column of all problems, in their order. */
  const places = (text: string, facts: Partial<Facts> = {}) =>
    shot(text, facts).problems.map(({ id, row, column }) => [id, row, column]);

  test("stands in its row and field", () => {
    const wrong = table.replace("0x2000", "0x1000").replace("data, phy,", "data, fy, ");
    expect(places(wrong)).toEqual([
      ["otadata-size", 1, "size"],
      ["unknown-keyword", 2, "subtype"],
      ["unused-space", 1, "size"],
    ]);
  });
  test("of a field that is blank stands in it, though the text shows it under the row", () => {
    expect(
      places("nvs, data, nvs, 0x9000, 0x4000\nx, data, fat, , ,\nf, app, factory, 0x10000, 1M\n"),
    ).toEqual([["size-empty", 1, "size"]]);
    expect(places(", data, nvs, 0x9000, 0x4000\nx, , , , 64K\nf, app, , 0x20000, 1M\n")).toEqual([
      ["type-empty", 1, "type"],
      ["app-subtype-empty", 2, "subtype"],
      ["name-empty", 0, "name"],
    ]);
  });
  test("of the whole table stands in no row, though the text shows it at the first", () => {
    expect(places("phy_init, data, phy, 0xf000, 0x1000\nota_0, app, ota_0, 0x10000, 1M\n")).toEqual([
      ["nvs-missing", undefined, undefined],
      ["otadata-missing", 1, "subtype"],
      ["unused-space", 0, "offset"],
    ]);
  });
  test("of the binary stands at the slot that will hold it", () => {
    expect(places(table, { micropython: { ...micropython, appSize: 0x180000 } })).toEqual([
      ["micropython-fit", 4, "size"],
    ]);
  });
  test("of a line that is no row stands nowhere", () => {
    const found = places(`$UNKNOWN\n${table}`);
    expect(found).toContainEqual(["unknown-variable", undefined, undefined]);
  });

  test("that is worse comes first, with its fixes as buttons", () => {
    const wrong = table.replace("vfs,", "a_name_that_is_too_long,").replace("0x2000", "0x1000");
    const { problems } = shot(`${wrong}x, data, fat, 0x500000, 64K\n`, { flashSize: 0x400000 });
    const weights = ["error", "warning", "information"];
    const found = problems.map(({ severity }) => weights.indexOf(severity));
    expect(found).toEqual(found.toSorted());
    expect(new Set(found).size).toBe(3);
    expect(problems[0]?.fixes.length).toBeGreaterThan(0);
    expect(problems[0]?.fixes[0]).toMatch(/^[A-Z]/);
  });

  test("has the severity that the user chose", () => {
    const wrong = table.replace("0x2000", "0x1000");
    const analysis = analyse(wrong, noFacts, { "otadata-size": "off" });
    const context = { ...noLayoutFacts, version: 1, title: "x.csv", locked: undefined };
    expect(snapshotOf(analysis, context).problems.map(({ id }) => id)).toEqual(["unused-space"]);
  });

  test("with a fix that only the window can do offers it too", () => {
    const { problems, binary } = shot(table, { micropython: { ...micropython, kind: "combined" } });
    expect(problems[0]).toMatchObject({ id: "micropython-combined", row: 4, column: "name" });
    expect(problems[0]?.fixes).toEqual(["Extract the app from it", "Choose another MicroPython binary…"]);
    expect(binary).toMatchObject({ fits: false, slot: 4 });
  });
});

describe("the source table", () => {
  const source = { title: "field/partitions.csv", path: undefined, text: table, fault: "" };
  test("is read with the facts of the device", () => {
    const offset = { tableOffset: 0x10000 };
    const blank = { ...source, text: "nvs, data, nvs, , 0x4000\n" };
    const found = shot("", offset, { source: blank }).source;
    expect(found).toMatchObject({ title: source.title, rows: [{ row: 0, name: "nvs", blankOffset: true }] });
    expect(found?.fault).toBeUndefined();
    expect(shot(table, {}, { source }).source?.rows).toHaveLength(6);
  });
  test("that cannot be read says why", () => {
    const lost = { ...source, text: undefined, fault: "It is not there." };
    expect(shot(table, {}, { source: lost }).source).toEqual({
      title: source.title,
      rows: [],
      fault: "It is not there.",
    });
  });
  test("that is no table is not drawn", () => {
    for (const text of Object.values(hostileTables)) {
      const found = shot(table, {}, { source: { ...source, text } }).source;
      expect(found?.rows.length ?? 0).toBeLessThanOrEqual(200);
      if (found?.rows.length === 0 && text.length > 2 ** 20) expect(found.fault).toMatch(/longer than any/);
    }
  });
});

describe("what cannot be changed or drawn", () => {
  test("is said with the reason", () => {
    const context = { ...noLayoutFacts, version: 1, title: "x.csv", locked: "It is only shown." };
    expect(snapshotOf(analyse(table, noFacts), context).locked).toBe("It is only shown.");
    expect(shot(table).locked).toBeUndefined();
  });
  test("are rows with variables, and rows with fields too long to be shown", () => {
    const environment = { SIZE: "1M" };
    const long = "x".repeat(1000);
    const { rows } = shot(`a, data, fat, , $SIZE\nb, data, fat, , 64K\n${long}, data, fat, , 64K\n`, {
      environment,
    });
    expect(rows.map(({ isFixed }) => isFixed)).toEqual([true, undefined, true]);
    expect(rows[0]?.cells[4]).toBe("1M");
    expect(rows[2]?.name).toBe(long.slice(0, 200));
  });
  test("is a text that is no table", () => {
    for (const [what, text] of Object.entries(hostileTables)) {
      const snapshot = shot(text);
      if (what.startsWith("5,000 rows in")) expect(snapshot.unreadable).toMatch(/5000 rows|4999 rows/);
      expect(sizeOf(snapshot), what).toBeLessThan(512 * 1024);
    }
    expect(shot(hostileTables["more than 1 MiB"] ?? "").unreadable).toMatch(
      /longer than any partition table/,
    );
  });
  test("is asked no rule", () => {
    const row = "a, data, nvs, 0x9000, 0x4000\n";
    for (const text of [row.repeat(201), row.repeat(5001)]) {
      const { analysis, snapshot } = shown(text);
      expect(analysis).toBeUndefined();
      expect(snapshot).toMatchObject({ rows: [], problems: [], unreadable: expect.any(String) });
    }
    expect(shown(row.repeat(200)).analysis?.problems.length).toBeGreaterThan(0);
  });
  test("is told for a table that is only wrong, all the same", () => {
    for (const [what, text] of Object.entries(wrongTables)) {
      const { rows, unreadable } = shot(text);
      expect([rows.length, unreadable], what).toEqual([95, undefined]);
    }
  });
});

test("a snapshot of a full table is small", () => {
  const size = sizeOf(shot(tableOfRows(95), { flashSize: 0x1000000, micropython }));
  expect(size).toBeGreaterThan(10 * 1024);
  expect(size).toBeLessThan(24 * 1024);
});
