import { describe, expect, it } from "vitest";
import type { BootloaderModel } from "../../../core/sim/boot/model";
import { runDevice } from "../../../core/sim/device";
import { checkAsDeclared, checkCase, documented, scenariosOf, small } from "../support/sweeps";

/** Pairs are many: one start slot is enough. */
const fromSecondSlot = { ...small, source: { ...small.source, runningSlot: "app1" } };

/** In the window in which the table is written devices brick, and in the first start of MicroPython they get stuck. */
const declared = ["resumes", "stuck", "bricked"] as const;

describe("the safe procedure under power cuts", () => {
  it("loses nothing but what the plan declares, in the document's example, from both slots", () => {
    const { starts, totals } = checkAsDeclared({ input: documented, schedule: "exhaustive" }, declared);
    expect(starts.map(({ slot, clean }) => [slot, clean.verdict, clean.lost])).toEqual([
      ["ota_0", "completes", []],
      ["ota_1", "completes", []],
    ]);
    for (const { hazard, operations } of starts) {
      expect(hazard.bricked).toBeGreaterThan(20);
      const steps = operations
        .filter(({ verdict }) => verdict === "bricked" || verdict === "stuck")
        .map(({ step, op, place, verdict }) => [step, op, place, verdict]);
      expect(steps).toEqual([
        ["write-table", "erase", "partition table", "bricked"],
        ["write-table", "write", "partition table", "bricked"],
        ["first-start", "write", "vfs", "stuck"],
      ]);
    }
    expect(totals.find(({ verdict }) => verdict === "completes")?.cases).toBe(0);
  });

  it("recovers when power fails again while it recovers", () => {
    checkAsDeclared({ schedule: "recovery" }, declared);
  });
  it("recovers from all pairs of cuts", () => {
    const { coverage } = checkAsDeclared({ input: fromSecondSlot, schedule: "pairs" }, declared);
    expect(coverage.tried).toBeGreaterThan(10_000);
  });
  it("comes forward on ever longer lives", () => {
    checkAsDeclared({ schedule: "lives" }, ["resumes", "bricked"]);
  });
  it("recovers from chains of cuts by chance", () => {
    checkAsDeclared({ schedule: 7 }, ["completes", "resumes", "stuck", "bricked"]);
  });

  it("survives every fault of the network: it is updated again, or waits where it can be reached", () => {
    const verdicts = ["completes", "falls-back", "stuck-reachable", "stuck"] as const;
    const { badCases } = checkAsDeclared({ schedule: "network" }, verdicts);
    const wrong = badCases.filter(({ id }) => id.includes("wrong-image.repartitioner"));
    // MicroPython fits the slot of the firmware, which installs whatever it gets.
    expect(new Set(wrong.map(({ verdict }) => verdict))).toEqual(new Set(["stuck"]));
    const others = badCases.filter((one) => !wrong.includes(one));
    // What ends some time is survived without anybody.
    expect(others.filter(({ id }) => !id.endsWith(".always"))).toEqual([]);
    expect(others.map(({ verdict }) => verdict)).not.toContain("stuck");
  });
});

describe("a device that has arrived", () => {
  it.each(scenariosOf(documented, { procedure: "safe" }).map((one) => [one.slot, one] as const))(
    "changes nothing any more when it starts again, from %s",
    (_, { setup, state }) => {
      const arrived = runDevice(setup, state).state;
      expect(runDevice(setup, arrived)).toMatchObject({ end: "idle", app: "micropython", operations: [] });
    },
  );
});

describe("bootloaders", () => {
  const check = (bootloader: BootloaderModel) =>
    checkAsDeclared({ schedule: "exhaustive", options: { bootloader } }, declared);

  it("without states of otadata, of ESP-IDF v3.2", () =>
    void check({ kind: "stateless", idfVersion: "v3.2" }));
  it("of ESP-IDF v5.5, which takes no blank table", () => void check({ kind: "plain", idfVersion: "v5.5" }));
  it("of ESP-IDF v6.1, which computes with more bits", () =>
    void check({ kind: "plain", idfVersion: "v6.1" }));
  it("with rollback, of devices whose updates begin on trial", () =>
    void check({ kind: "rollback", idfVersion: "v4.4" }));
  it("that knows no MD5 row, with tables that have none", () => {
    const input = { ...small, facts: { ...small.facts, md5Row: false } };
    const bootloader: BootloaderModel = { kind: "stateless", idfVersion: "v3.0" };
    checkAsDeclared({ input, schedule: "exhaustive", options: { bootloader } }, declared);
  });
});

describe("cases of the safe procedure", () => {
  it("a clean run", () => {
    const { lives } = checkCase("safe:ota_0:clean", "completes", "MicroPython stands at its prompt");
    expect(lives.map(({ app, from, end }) => `${app} ${from} ${end}`)).toEqual([
      "firmware app0 restart",
      "repartitioner app1 restart",
      "repartitioner app0 restart",
      "repartitioner app0 restart",
      "micropython app1 idle",
    ]);
  });
  it("a server that never has MicroPython", () => {
    checkCase("safe:ota_0:clean:not-found.micropython.always", "stuck-reachable", "without getting further");
  });
  it("a Wi-Fi that never lets the firmware in", () => {
    checkCase("safe:ota_1:clean:offline.always", "falls-back", "asks for its update");
  });
  it("a device whose table must not be written goes back to its firmware", () => {
    checkCase("safe:ota_0:clean", "falls-back", "again and again", { options: { isProtected: true } });
  });
});
