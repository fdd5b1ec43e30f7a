import { describe, expect, it } from "vitest";
import type { Run, Step } from "../../core/sim/device";
import { cutPoints } from "../../core/sim/driver/cut";
import { canBuildDriver } from "./support/build";
import { useDriver } from "./support/driver";
import { configOf, deviceState, type Migration, migrations } from "./support/migrations";
import { type Device, runBoth } from "./support/traces";

const deviceOf = (migration: Migration): Device => ({
  migration,
  config: configOf(migration),
  state: deviceState(migration),
});

const endOf = ({ end, app }: Run): string => `${end} ${app}`;

describe.runIf(canBuildDriver)("the C core does on a device what the simulated repartitioner does", () => {
  const driver = useDriver();

  describe("where nothing happens", () => {
    it.each(migrations)("$name", (migration) => {
      const { run } = runBoth(driver(), deviceOf(migration));
      expect(endOf(run)).toBe(`${migration.end} micropython`);
      expect(run.offset).toBe(migration.receiver);
    });
  });

  /**
   * Power fails at each operation, at one of its five points in turn, and another one in each migration: 402 cuts of
   * the 2245 that there are. All of them were compared once; it takes minutes.
   */
  /** A fifth of the 2245 cuts that there are, another one in each migration; all were compared once, in minutes. */
  describe("where power fails once, at each operation, at its five points in turn", () => {
    it.each(migrations.map((migration, index) => ({ name: migration.name, migration, index })))(
      "$name",
      ({ migration, index }) => {
        const device = deviceOf(migration);
        const { operations } = runBoth(driver(), device).run;
        for (const [operation, { step }] of operations.entries()) {
          const at = cutPoints[(operation + index) % cutPoints.length] ?? "after";
          const { run } = runBoth(driver(), device, { operation, at, seed: operation });
          expect(waysOf(migration, step)).toContain(endOf(run));
        }
      },
    );
  });
});

/** How a device may end whose power failed in this step. */
function waysOf({ end, bootloader }: Migration, step: Step | undefined): readonly string[] {
  const ways = [`${end} micropython`];
  if (step === "write-table") return [...ways, "no-boot undefined"];
  // MicroPython takes a filesystem that it has not made whole for one of somebody else.
  if (step === "first-start") return [...ways, "waiting micropython"];
  return bootloader.kind === "rollback" ? [...ways, "idle firmware"] : ways;
}
