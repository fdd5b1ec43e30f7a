import { describe, expect, it } from "vitest";
import { decodeHeader } from "../../../core/export/header";
import { decodeTable } from "../../../core/table/decode";
import type { PartitionEntry } from "../../../core/table/entry";
import { printTable } from "../../../core/table/print";
import { APP } from "../../../core/table/subtypes";
import { proposalsOf } from "../migrate/solve/proposals";
import { entriesOf, stockNames, stockTables } from "../migrate/stockTables";
import { fileOf, projectOf } from "./projects";

/** The rows of an array of a header. */
function rowsIn(header: string, array?: string): readonly PartitionEntry[] {
  const bytes = decodeHeader(header, array);
  if (!bytes.ok) throw new Error(bytes.message);
  const table = decodeTable(bytes.value.subarray(0, 0xc00));
  if (!table.ok) throw new Error(table.message);
  return table.value.entries;
}

const layouts = stockNames.flatMap((name) =>
  proposalsOf(name).flatMap((layout) => (layout.isPossible ? [{ name, layout }] : [])),
);

describe("the tables of a project are those of the migration", () => {
  it.each(layouts)("$name to $layout.kind", ({ name, layout }) => {
    const { flash, table } = stockTables[name];
    const project = projectOf({ source: table, target: layout.csv, flash, repartitioner: 500_000 });
    const header = fileOf(project, "main/repartition.h");
    expect(rowsIn(header, "source_table")).toEqual(entriesOf(table));
    expect(rowsIn(header)).toEqual(layout.entries);
    // The tool takes no app that does not begin with a block, as the second of one of the tables does not.
    const taken = entriesOf(table).filter(({ type, offset }) => type !== APP || offset % 0x10000 === 0);
    expect(entriesOf(fileOf(project, "partitions.csv"))).toEqual(taken);
  });

  it("of more than twenty layouts", () => {
    expect(layouts.length).toBeGreaterThan(20);
  });
});

describe("partitions.csv", () => {
  const rows = (idf: string) => {
    const table = `nvs, data, nvs, 0x9000, 0x5000\notadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000\napp1, app, ota_1, 0x150000, 0x140000
files, data, littlefs, 0x290000, 0x100000, readonly\nmine, 0x40, 0x01, 0x390000, 0x1000`;
    const project = projectOf({ source: table, bootloader: { idf }, idfVersion: idf });
    return fileOf(project, "partitions.csv").trimEnd().split("\n");
  };

  it("has numbers for words that the ESP-IDF does not know, and flags that it does", () => {
    expect(rows("v3.3.5").slice(-2)).toEqual(["files,data,0x83,0x290000,1M,", "mine,0x40,0x1,0x390000,4K,"]);
    expect(rows("v5.2.2").slice(-2)[0]).toBe("files,data,littlefs,0x290000,1M,readonly");
  });

  const rest = (table: string) => {
    const start = "nvs, data, nvs, 0x9000, 0x5000\notadata, data, ota, 0xe000, 0x2000\n";
    const apps = "app1, app, ota_1, 0x150000, 0x140000\napp0, app, ota_0, 0x10000, 0x140000\n";
    return fileOf(projectOf({ source: `${start}${table}\n${apps}` }), "partitions.csv")
      .trimEnd()
      .split("\n")
      .slice(2);
  };
  const usual = [
    "nvs,data,nvs,0x9000,20K,",
    "otadata,data,ota,0xe000,8K,",
    "app0,app,ota_0,0x10000,1280K,",
    "app1,app,ota_1,0x150000,1280K,",
  ];

  it.each<[string, string, string]>([
    ["rows in any order", "files, data, spiffs, 0x290000, 0x100000", "files,data,spiffs,0x290000,1M,"],
    [
      "a row over another one",
      "files, data, spiffs, 0x280000, 0x100000",
      "# The tool refuses this row: files,data,spiffs,0x280000,1M,",
    ],
    [
      "a name with a variable in it",
      "fi$les, data, spiffs, 0x290000, 0x100000",
      "at_0x290000,data,spiffs,0x290000,1M,",
    ],
    [
      "a name that is there already",
      "app1, data, spiffs, 0x290000, 0x100000",
      "at_0x290000,data,spiffs,0x290000,1M,",
    ],
    [
      "a small NVS",
      "n2, data, nvs, 0x290000, 0x2000",
      "# The tool refuses this row: n2,data,nvs,0x290000,8K,",
    ],
    ["an app of no whole sectors", "app2, app, ota_2, 0x290000, 0x10800", "app2,app,ota_2,0x290000,64K,"],
  ])("is taken by the tool with %s", (_, row, written) => {
    expect(rest(row).sort()).toEqual([...usual, written].sort());
  });

  it("is what the tool prints where it knows all words", () => {
    const csv = fileOf(projectOf({ bootloader: { idf: "v5.5" }, idfVersion: "v5.5" }), "partitions.csv");
    expect(csv.split("\n").slice(2)).toEqual(
      printTable(entriesOf(stockTables["Arduino default"].table)).split("\n").slice(2),
    );
  });
});
