import { describe, expect, it } from "vitest";
import { migrationConflicts } from "../../../core/export/migrationConflicts";
import { readHeader } from "../../../core/export/readHeader";
import { configOf } from "../../../core/sim/repartitioner/configOf";
import { balancedTarget } from "../migrate/plan/plans";
import { stockTables } from "../migrate/stockTables";
import { fileOf, projectOf, type Wanted, wantedProject } from "./projects";

/** What the header of one migration says against another one. */
function conflictsOf(header: Wanted, wanted: Wanted): readonly string[] {
  const { migration } = wantedProject(wanted);
  const config = configOf(migration, migration.micropython);
  if (!config.ok) throw new Error(config.message);
  const text = fileOf(projectOf(header), "main/repartition.h");
  return migrationConflicts(readHeader(text), config.value).map(({ words }) => words);
}

describe("a header", () => {
  it.each<[string, Wanted]>([
    ["the published layout", {}],
    ["two equal slots", { target: balancedTarget }],
    ["another place and chip", { bootloader: { idf: "v5.0.4" }, idfVersion: "v5.0.4" }],
  ])("of its own migration says nothing else: %s", (_, wanted) => {
    expect(conflictsOf(wanted, wanted)).toEqual([]);
  });

  it("of another target table has other places", () => {
    expect(conflictsOf({}, { target: balancedTarget })).toEqual([
      "REPARTITION_RECEIVER_OFFSET is 0x150000, but of this migration it is 0x190000",
      "REPARTITION_FILESYSTEM_OFFSET is 0x2d0000, but of this migration it is 0x310000",
      "REPARTITION_ERASE_SIZE is 0x130000, but of this migration it is 0xf0000",
    ]);
  });

  it("of other devices has another table to compare with", () => {
    const source = stockTables["Arduino default with core dump"].table;
    expect(conflictsOf({}, { source })).toEqual([
      "the array source_table is not the table that the devices have",
    ]);
  });

  it("of another MicroPython waits for another size", () => {
    expect(conflictsOf({}, { micropython: 1_400_016 })).toEqual([
      "REPARTITION_MICROPYTHON_SIZE is 0x165810, but of this migration it is 0x155cd0",
    ]);
  });
});
