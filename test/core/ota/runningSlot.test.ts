import fc from "fast-check";
import { expect, test } from "vitest";
import { noFacts } from "../../../core/facts";
import { micropythonSlot } from "../../../core/ota/micropythonSlot";
import { runningSlot } from "../../../core/ota/runningSlot";
import { parseCsv } from "../../../core/table/csv";
import { readTable } from "../../../core/table/table";

const entriesOf = (subtypes: readonly string[]) =>
  readTable(parseCsv(subtypes.map((subtype) => `${subtype}, app, ${subtype}, , 64K`).join("\n")), noFacts)
    .entries;

test.each([
  [["ota_0", "ota_1"], "ota_0"],
  [["ota_1", "ota_0"], "ota_0"],
  [["factory", "ota_0", "ota_1"], "ota_0"],
  [["factory", "ota_0"], "factory"],
  [["ota_0", "ota_3"], "ota_0"],
  [["ota_2", "ota_1", "factory"], "ota_2"],
  [["ota_0"], undefined],
  [["factory"], undefined],
  [["test", "tee_0"], undefined],
  [[], undefined],
])("of %j the repartitioner runs from %s", (subtypes, running) => {
  expect(runningSlot(entriesOf(subtypes))?.name).toBe(running);
});

test("MicroPython never goes where the repartitioner runs", () => {
  const subtypes = fc.subarray(["factory", "test", "ota_0", "ota_1", "ota_2", "ota_7"]);
  fc.assert(
    fc.property(subtypes, (some) => {
      const entries = entriesOf(some);
      const running = runningSlot(entries);
      expect(running === undefined || running !== micropythonSlot({ entries })).toBe(true);
    }),
  );
});
