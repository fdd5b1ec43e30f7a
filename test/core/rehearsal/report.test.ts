import { describe, expect, test } from "vitest";
import { migrationReport } from "../../../core/migrate/report/report";
import { beginning } from "../../../core/rehearsal/following";
import { done } from "../../../core/rehearsal/progress";
import { type RehearsalRun, type ReportedRehearsal, rehearsalReport } from "../../../core/rehearsal/report";
import { runOf } from "../../../core/rehearsal/run";
import { timeText } from "../../../core/rehearsal/words";
import { rehearsalWriters } from "../../../core/rehearsal/writers";
import { rehearsalOf } from "../../device/support/rehearsed";

const passed = async (): Promise<RehearsalRun> => {
  const rehearsal = await rehearsalOf();
  const [route] = rehearsal.migration.plan.routes;
  if (!route) throw new Error("there is no route");
  const following = route.steps.reduce(
    (before, { id }, index) => done(before, id, index * 100),
    beginning(route, 0),
  );
  return { ...runOf(rehearsal, { ...following, end: "arrived" }, [], undefined), checks: [] };
};

async function reported(changes: Partial<ReportedRehearsal> = {}) {
  const { migration, standIns } = await rehearsalOf();
  return rehearsalReport({
    migration: migrationReport({ ...migration, toolVersion: "1.2.3" }),
    board: { mac: "24:0a:c4:00:00:01", chip: "ESP32", isVirtual: true, standIns },
    simulation: undefined,
    runs: [await passed()],
    begunAt: "2026-01-02T03:04:05.000Z",
    endedAt: "2026-01-02T03:14:05.000Z",
    toolVersion: "1.2.3",
    ...changes,
  });
}

/** Markdown keeps things apart that would be links in it. */
const unescaped = (text: string): string => text.replaceAll("&#8203;", "").replace(/\\(.)/g, "$1");

const evil = "<script>alert(1)</script> | \u001b[31m";

describe("a rehearsal", () => {
  test("passes where every run does", async () => {
    expect((await reported()).result).toEqual({ isPassed: true, reasons: [] });
  });

  test.each<[what: string, change: (run: RehearsalRun) => Partial<ReportedRehearsal>, reason: string]>([
    ["no run", () => ({ runs: [] }), "No run came to its end."],
    [
      "one run of two that has not passed",
      (run) => ({ runs: [run, { ...run, result: { isPassed: false, reasons: ["It stopped."] } }] }),
      "Run 2: It stopped.",
    ],
    [
      "a simulation that found more than the plan declares",
      () => ({
        simulation: {
          schedule: { kind: "exhaustive" },
          totals: [],
          coverage: { tried: 3, planned: 3, isPartial: false, sentences: [] },
          conclusion: { isAsDeclared: false, sentences: [] },
        },
      }),
      "found cases that the plan does not declare",
    ],
  ])("does not pass with %s", async (_, change, reason) => {
    const { result } = await reported(change(await passed()));
    expect(result.isPassed).toBe(false);
    expect(result.reasons.join("\n")).toContain(reason);
  });

  test("that arrived without a step has not passed", async () => {
    const rehearsal = await rehearsalOf();
    const [route] = rehearsal.migration.plan.routes;
    if (!route) throw new Error("there is no route");
    const { result } = runOf(rehearsal, { ...beginning(route, 0), end: "arrived" }, [], undefined);
    expect(result.reasons).toContain(
      "The board never said that this step was done: 'The table sector is written'.",
    );
    expect(result.reasons.join("\n")).not.toContain("confirms itself");
  });

  test("whose cut was not made has not passed, unless it was one by chance", async () => {
    const rehearsal = await rehearsalOf();
    const [route] = rehearsal.migration.plan.routes;
    if (!route) throw new Error("there is no route");
    const arrived = { ...beginning(route, 0), end: "arrived" } as const;
    const cut = { kind: "step", step: "reset", delay: 5 } as const;
    const reasons = (isChance: boolean) =>
      runOf(rehearsal, arrived, [isChance ? { ...cut, isChance } : cut], undefined).result.reasons.join("\n");
    expect(reasons(false)).toContain("Power was to be cut 0.005 s into 'The device resets'");
    expect(reasons(true)).not.toContain("Power was to be cut");
  });
});

describe("its report", () => {
  test("says at once what was real, and what of the plan was not needed", async () => {
    const virtual = rehearsalWriters.text(await reported()).replace(/\s+/g, " ");
    expect(virtual).toContain("a virtual board with simulated firmware came to MicroPython");
    expect(virtual).toContain("has passed, on a virtual board with simulated firmware.");
    const board = { mac: "24:0a:c4:00:00:01", chip: "ESP32", isVirtual: false, standIns: [] };
    const real = rehearsalWriters.text(await reported({ board })).replace(/\s+/g, " ");
    expect(real).toContain("the board came to MicroPython");
    expect(real).not.toMatch(/simulated firmware|SIMULATED/);
    const run = await passed();
    const steps = run.steps.map((step) =>
      step.id === "confirm-repartitioner" ? { ...step, begunAt: undefined, doneAt: undefined } : step,
    );
    expect(rehearsalWriters.text(await reported({ runs: [{ ...run, steps }] }))).toMatch(
      /confirms itself .*not needed/,
    );
  });

  test.each(["text", "markdown", "html"] as const)(
    "as %s says what was rehearsed, how, and with what",
    async (format) => {
      const report = await reported();
      const text = unescaped(rehearsalWriters[format](report)).replace(/\s+/g, " ");
      for (const words of [
        "PASSED",
        "24:0a:c4:00:00:01",
        "simulated firmware",
        report.migration.fingerprint,
        report.migration.inputs[0]?.sha256 ?? "no inputs",
        "The table sector is written",
        "Sign-off of the rehearsal",
        "The plan that was rehearsed",
        "was not simulated",
      ])
        expect(text).toContain(words);
    },
  );

  test("as JSON can be read again, and has no picture", async () => {
    const json = JSON.parse(rehearsalWriters.json(await reported()));
    expect(json).toMatchObject({ form: "crossflash-rehearsal-1", result: { isPassed: true } });
    expect(json.migration.picture).toBe(undefined);
    expect(json.runs[0].steps).toHaveLength((await passed()).steps.length);
  });

  test.each(["text", "markdown", "html"] as const)("as %s takes no markup from a board", async (format) => {
    const run = await passed();
    const told = { ...run, result: { isPassed: false, reasons: [evil] }, remarks: [{ at: 1, text: evil }] };
    const text = rehearsalWriters[format](await reported({ runs: [told] }));
    expect(text).not.toContain("\u001b");
    if (format !== "text") expect(text).not.toContain("<script>");
  });

  test.each([
    [0, "0 ms"],
    [999, "999 ms"],
    [1500, "1.5 s"],
    [72_000, "72 s"],
    [192_000, "3 min 12 s"],
  ])("writes %i milliseconds as %s", (milliseconds, words) => {
    expect(timeText(milliseconds)).toBe(words);
  });
});
