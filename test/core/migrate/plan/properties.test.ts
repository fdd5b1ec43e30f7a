import fc from "fast-check";
import { expect, it } from "vitest";
import type { PlanInput, Route } from "../../../../core/migrate/plan/plan";
import { planMigration } from "../../../../core/migrate/plan/planMigration";
import { factsOf, proposeLayouts } from "../../../../core/migrate/solve/proposeLayouts";
import { overlaps } from "../../../../core/migrate/solve/spaces";
import { anyBinarySize, anySource } from "../sources";

/** Runs a check on every route of the plan of every proposed layout, and makes sure that there were some. */
function checkRoutes(check: (route: Route, input: PlanInput) => void): void {
  let count = 0;
  fc.assert(
    fc.property(
      anySource,
      anyBinarySize,
      fc.integer({ min: 300_000, max: 700_000 }),
      (any, binarySize, size) => {
        const source = { entries: any.entries, tableOffset: 0x8000 };
        const smallest = Math.min(...any.entries.filter(({ type }) => type === 0).map((app) => app.size));
        const wanted = { source, flashSize: any.flashSize, binarySize };
        for (const proposal of proposeLayouts(wanted)) {
          if (!proposal.isPossible) continue;
          const images = {
            repartitioner: { size: Math.min(size, smallest), sha256: "aa" },
            micropython: { size: binarySize, sha256: "bb" },
          };
          const input = { source, target: proposal.entries, images, facts: factsOf(wanted) };
          const plan = planMigration(input);
          expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([]);
          expect(plan.routes.length).toBeGreaterThan(1);
          for (const route of plan.routes) {
            count++;
            check(route, input);
          }
        }
      },
    ),
    { numRuns: 30 },
  );
  expect(count).toBeGreaterThan(20);
}

const has = (image: string) => (step: Route["steps"][number]) =>
  step.bootable.some((one) => one.image === image);

it("exactly one hazard window and one point of no return", () =>
  checkRoutes(({ steps, hazardWindow, pointOfNoReturn }) => {
    expect(steps.filter(({ isHazardWindow }) => isHazardWindow).map(({ id }) => id)).toEqual([hazardWindow]);
    expect(steps.filter(({ isPointOfNoReturn }) => isPointOfNoReturn).map(({ id }) => id)).toEqual([
      pointOfNoReturn,
    ]);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  }));

it("the sector of the table is touched in the hazard window only, and nothing else is in it", () =>
  checkRoutes(({ steps }, { source: { tableOffset } }) => {
    for (const { flash, isHazardWindow } of steps)
      for (const effect of flash)
        expect(overlaps(effect, { offset: 0, size: tableOffset + 0x1000 })).toBe(isHazardWindow);
  }));

it("outside of it there is always an app to start, whenever power fails", () =>
  checkRoutes(({ steps }) => {
    for (const { bootable, powerLoss } of steps) {
      expect(bootable).not.toEqual([]);
      expect(`${powerLoss.during} ${powerLoss.after}`).not.toContain("Nothing is left");
    }
  }));

it("before the point of no return the firmware can be started, and what comes behind never brings it back", () =>
  checkRoutes(({ steps, pointOfNoReturn }) => {
    const turn = steps.findIndex(({ id }) => id === pointOfNoReturn);
    expect(steps.slice(0, turn).every(has("firmware"))).toBe(true);
    const behind = steps.slice(turn).map(has("firmware"));
    expect(new Set(behind).size).toBe(1);
  }));

it("from its start on the repartitioner can be started, and MicroPython is at the end", () =>
  checkRoutes(({ steps }) => {
    expect(steps.every(has("repartitioner"))).toBe(true);
    expect(steps.at(-1)?.bootable[0]?.image).toBe("micropython");
  }));

it("nothing is erased under the repartitioner while it runs", () =>
  checkRoutes(({ steps }, { source, target, images }) => {
    const size = images.repartitioner.size;
    const from = steps.findIndex(({ id }) => id === "check-device");
    const change = steps.findIndex(({ isHazardWindow }) => isHazardWindow);
    for (const [index, { flash }] of steps.entries()) {
      const running = steps[index - 1]?.bootable[0];
      if (index < from || running?.image !== "repartitioner") continue;
      const table = index <= change ? source.entries : target;
      const offset = table.find(({ name }) => name === running.slot)?.offset ?? -1;
      expect(offset).toBeGreaterThan(0);
      for (const effect of flash) expect(overlaps(effect, { offset, size })).toBe(false);
    }
  }));

it("nothing is erased in what stays", () =>
  checkRoutes(({ steps }, { source, target }) => {
    const kept = source.entries.filter(
      (entry) =>
        !(entry.type === 0 || (entry.type === 1 && entry.subtype === 0)) &&
        target.some((other) => JSON.stringify(other) === JSON.stringify(entry)),
    );
    for (const { flash } of steps)
      for (const effect of flash)
        for (const entry of kept) expect(overlaps(effect, entry), entry.name).toBe(false);
  }));

it("the filesystem is blank before the table says where it is", () =>
  checkRoutes(({ steps }) => {
    const order = steps.map(({ id }) => id);
    const path = ["erase-filesystem", "verify-table", "write-table", "reset", "check-target"];
    const from = order.indexOf("erase-filesystem");
    expect(order.slice(from, from + path.length)).toEqual(path);
  }));
