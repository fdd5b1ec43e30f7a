import fc from "fast-check";
import { expect, it } from "vitest";
import { analyse } from "../../../core/analyse";
import { planMigration } from "../../../core/migrate/plan/planMigration";
import { printTable } from "../../../core/table/print";
import { inputOf } from "./plan/plans";
import { stockNames, stockTables } from "./stockTables";

/** What the plan and the rules both look for. */
const SHARED = [
  "migration-running-slot-moves",
  "migration-otadata-moves",
  "migration-overwrites-running-slot",
  "migration-repartitioner-too-large",
  "migration-nvs-moves",
  "migration-files-lost",
];

const anyTable = fc.constantFrom(...stockNames).map((name) => stockTables[name].table);

/** A plan and live diagnostics that differ would mean that one of them is wrong: sentences and severities are the same. */
it("the plan and the rules say the same of any two tables", () => {
  const said = new Set<string>();
  fc.assert(
    fc.property(anyTable, anyTable, fc.constantFrom(600_000, 1_400_000), (source, target, repartitioner) => {
      const input = inputOf({ source, target, repartitioner, flash: 32 });
      const { problems: planned } = planMigration(input);
      if (planned.some(({ id }) => id === "migration-source")) return;
      const { problems: live } = analyse(printTable(input.target), {
        ...input.facts,
        source: input.source.entries,
        repartitioner: { name: "repartitioner.bin", size: repartitioner },
      });
      const shared = (problems: readonly { id: string; severity: string; message: string }[]) =>
        problems
          .filter(({ id }) => SHARED.includes(id))
          .map(({ id, severity, message }) => `${severity} ${id}: ${message}`)
          .sort();
      expect(shared(live)).toEqual(shared(planned));
      for (const { id } of planned) said.add(id);
    }),
    { numRuns: 300 },
  );
  expect(SHARED.filter((id) => !said.has(id))).toEqual([]);
});
