import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../../../core/analyse";
import { type Facts, noFacts } from "../../../core/facts";
import { sourceEntries } from "../../../core/project/sourceTable";

const source = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x180000
app1, app, ota_1, 0x190000, 0x180000
files, data, spiffs, 0x310000, 0xf0000
`;
const moved = "nvs, data, nvs, 0x9000, 0x4000\napp0, app, ota_0, 0x20000, 0x100000\n";

const factsOf = (text: string): Facts => ({ ...noFacts, source: sourceEntries({ text }, noFacts) });

/** The ids of the problems that come from the source table. */
const pairIds = (text: string, facts: Facts): string[] =>
  analyse(text, facts)
    .problems.map(({ id }) => id)
    .filter((id) => id.startsWith("migration-"));

describe("rules over the source and the target table", () => {
  it("have nothing to say while the source table is not known", () => {
    expect(pairIds(moved, noFacts)).toEqual([]);
    expect(pairIds(moved, factsOf("nvs, data, nvs, , many\n"))).toEqual([]);
    expect(pairIds(moved, factsOf(source))).toContain("migration-running-slot-moves");
  });

  it("have nothing to say while a row of the table is being typed", () => {
    const facts = { ...factsOf(source), flashSize: 0x400000 };
    for (const typed of [
      `${moved}vfs`,
      `${moved}vfs, data, fa, , 0x1000`,
      `${moved}$UNKNOWN`,
      "",
      "# nothing",
    ])
      expect(pairIds(typed, facts), typed).toEqual([]);
  });

  it("have nothing to say of a table that stays as it is", () =>
    expect(pairIds(source, factsOf(source))).toEqual([]));
});

const anyRow = fc
  .record({
    name: fc.constantFrom("nvs", "otadata", "app0", "app1", "vfs", ""),
    kind: fc.constantFrom(
      "data, nvs",
      "data, ota",
      "app, ota_0",
      "app, ota_1",
      "app, ota_15",
      "app, factory",
      "data, fat",
      "data, phy",
      "bootloader, primary",
      "0x40, 0",
    ),
    offset: fc.constantFrom("", "0", "0x9000", "0x10000", "0x11000", "0xfffff000", "0x1ffffffff"),
    size: fc.constantFrom("0", "0x1000", "1M", "0xffffffff", "-0x100000", "-1"),
  })
  .map(({ name, kind, offset, size }) => `${name}, ${kind}, ${offset}, ${size}\n`);
const anyTable = fc.array(anyRow, { maxLength: 8 }).map((rows) => rows.join(""));

it("any two tables are compared, however wrong they are", () => {
  let compared = 0;
  fc.assert(
    fc.property(anyTable, anyTable, (before, after) => {
      const repartitioner = { name: "r.bin", size: 700_000 };
      compared += pairIds(after, { ...factsOf(before), repartitioner }).length;
    }),
    { numRuns: 1000 },
  );
  expect(compared).toBeGreaterThan(100);
});
