import { describe, expect, test } from "vitest";
import type { StepId } from "../../../core/migrate/plan/plan";
import { checkPassed, cutAt, cutsOf, rehearsed } from "../support/rehearsing";

describe("a rehearsal on a virtual board", () => {
  test.each(["app0", "app1"])("goes from %s to MicroPython, step by step", async (start) => {
    const { run, desk, board } = await rehearsed({ start });
    checkPassed(run);
    expect(run.start).toBe(start);
    expect(run.steps.every(({ doneAt, id }) => doneAt !== undefined || id === "confirm-repartitioner")).toBe(
      true,
    );
    expect(run.steps.find(({ id }) => id === "erase-filesystem")?.milliseconds).toBeGreaterThan(100);
    expect(board.standIns[0]).toContain("simulated firmware");
    expect(desk.shown[0]?.job.regions.map(({ name }) => name)).toContain("files");
    expect(desk.servers).toBe(0);
    expect(desk.board.running()).toBe("flash");
  });

  test("is done again and again, and asks once", async () => {
    const { runs, desk } = await rehearsed({ runs: 2 });
    for (const run of runs) checkPassed(run);
    expect(runs).toHaveLength(2);
    expect(desk.shown).toHaveLength(1);
  });

  test("says what it does as it happens", async () => {
    const { desk } = await rehearsed({ cuts: cutsOf(cutAt("download-micropython", 10)) });
    const texts = desk.told.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        "The field state is restored",
        "The board starts from 'app1'. Waiting for it to fetch the repartitioner",
        "Step 7 of 12: The table sector is written",
        "Power was cut: 0.01 s into 'MicroPython is downloaded'.",
        "The board is read back",
      ]),
    );
    const shares = desk.told.map(({ share }) => share);
    expect(Math.min(...shares)).toBe(0);
    expect(Math.max(...shares)).toBeLessThan(1);
  });
});

const everyStep: readonly StepId[] = [
  "deliver-repartitioner",
  "start-repartitioner",
  "check-device",
  "confirm-repartitioner",
  "erase-filesystem",
  "verify-table",
  "write-table",
  "reset",
  "check-target",
  "download-micropython",
  "select-micropython",
  "first-start",
];
const delayed: readonly StepId[] = ["deliver-repartitioner", "erase-filesystem", "download-micropython"];

describe("power is cut, and the board finds its way", () => {
  test.each([
    ...everyStep.map((step) => ["app1", cutAt(step)] as const),
    ...delayed.map((step) => ["app1", cutAt(step, 20)] as const),
    ["app0", cutAt("copy-to-runner")] as const,
    ["app0", cutAt("copy-to-runner", 100)] as const,
    ["app0", cutAt("start-from-runner", 20)] as const,
  ])("from %s at %o", async (start, cut) => {
    const { run } = await rehearsed({ start, cuts: cutsOf(cut) });
    checkPassed(run);
    expect(run.cuts).toHaveLength(1);
    expect(run.cuts[0]?.found).not.toBe(undefined);
    expect(run.cuts[0]?.resumed?.at).toBeGreaterThan(run.cuts[0]?.at ?? 0);
  });

  test("several times in one run, and after so many reports", async () => {
    const cuts = cutsOf(cutAt("erase-filesystem", 50), cutAt("download-micropython", 5), {
      kind: "report",
      count: 2,
    });
    const { run } = await rehearsed({ cuts });
    checkPassed(run);
    expect(run.cuts).toHaveLength(3);
  });

  test.each([1, 2, 3, 4, 5])("as seed %i says", async (seed) => {
    const { run } = await rehearsed({ cuts: { kind: "seed", seed } });
    checkPassed(run);
    expect(run.cuts.length).toBeGreaterThan(0);
  });

  test("but not in the hazard window, as the plan says, and the board's state is told", async () => {
    const { run, desk } = await rehearsed({ cuts: cutsOf(cutAt("write-table", 20)) });
    expect(run.result.isPassed).toBe(false);
    expect(run.result.reasons.join(" ")).toContain("The bootloader finds no partition table that it takes.");
    expect(run.result.reasons.join(" ")).toContain("This is the hazard window of the plan");
    expect(run.checks).toEqual([]);
    expect(desk.servers).toBe(0);
  });
});
