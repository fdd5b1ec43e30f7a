import { describe, expect, it } from "vitest";
import { proposeRollout } from "../../../core/fleet/canary";
import { fleetRisk, undesiredShare } from "../../../core/fleet/risk";
import { simulatedSeconds } from "../../../core/fleet/simulation";
import { planMigration } from "../../../core/migrate/plan/planMigration";
import { inputOf } from "../migrate/plan/plans";

const plan = planMigration(inputOf({}));
const assumptions = ["Power cuts come at any time alike."];
const simulation = (bricked: number, stuck: number) => ({
  brickedSeconds: { typical: bricked / 2, most: bricked },
  stuckSeconds: { typical: 0, most: stuck },
  assumptions,
});

describe("the risk", () => {
  // The sector is erased in 45 to 400 ms and its 12 pages are written in 0.4 to 3 ms each, up to ten times.
  it("is that of the plan's hazard window", () => {
    const risk = fleetRisk({ plan, cutsPerDeviceAndDay: 1 });
    expect(risk).toMatchObject({
      source: "plan",
      hazardSeconds: { typical: 0.05, most: 4.36 },
      perDevice: { typical: 5.79e-7, most: 0.0000505 },
      stuckSeconds: null,
    });
    expect(risk.assumptions.join(" ")).toMatch(/stated, not measured.*only a simulation tells.*datasheet/);
  });

  it.each([
    [1, 4.32, { typical: 0.000025, most: 0.00005 }],
    [0, 4.32, { typical: 0, most: 0 }],
    [86_400, 2, { typical: 1, most: 1 }],
  ])("of %d cuts a day and %d simulated seconds", (cutsPerDeviceAndDay, seconds, perDevice) => {
    const risk = fleetRisk({ plan, cutsPerDeviceAndDay, simulation: simulation(seconds, 0) });
    expect(risk).toMatchObject({ source: "simulation", perDevice });
    expect(risk.assumptions).toContain(assumptions[0]);
  });

  it("of devices that are stuck counts for the canary too", () => {
    const risk = fleetRisk({ plan, cutsPerDeviceAndDay: 864, simulation: simulation(10, 20) });
    expect(undesiredShare(risk)).toBeCloseTo(0.3);
    const { detectedShare } = proposeRollout({ risk, confidence: 0.95, tolerated: 0.05 });
    expect(detectedShare).toBeCloseTo(0.3);
  });
});

describe("the report of a simulation", () => {
  const fingerprint = "0123456789abcdef".repeat(4);
  const report = {
    fingerprint,
    form: "crossflash-simulation-1",
    procedure: "safe",
    schedule: { kind: "exhaustive" },
    coverage: { isPartial: false },
    conclusion: { isAsDeclared: true },
    losses: { ...simulation(4.3604, 1), devices: 7 },
  };

  it("gives its seconds, to milliseconds", () => {
    expect(simulatedSeconds(report)).toEqual({ ok: true, value: { ...simulation(4.36, 1), fingerprint } });
  });

  it.each<[string, object, string]>([
    ["another form", { form: "crossflash-report-1" }, "form"],
    ["the published procedure", { procedure: "published" }, "unfit"],
    ["no fingerprint", { fingerprint: undefined }, "form"],
    ["a fingerprint that is none", { fingerprint: "x" }, "form"],
    ["another schedule", { schedule: { kind: "network" } }, "unfit"],
    ["no schedule", { schedule: undefined }, "unfit"],
    ["not all cases", { coverage: { isPartial: true } }, "unfit"],
    ["no word on its cases", { coverage: undefined }, "unfit"],
    ["cases that are worse than declared", { conclusion: { isAsDeclared: false } }, "unfit"],
    ["no losses", { losses: undefined }, "form"],
    [
      "seconds below nothing",
      { losses: { ...report.losses, stuckSeconds: { typical: -1, most: 0 } } },
      "form",
    ],
    ["no assumptions", { losses: { ...report.losses, assumptions: undefined } }, "form"],
    [
      "an assumption that moves the cursor",
      { losses: { ...report.losses, assumptions: ["\u001b[2J"] } },
      "form",
    ],
  ])("with %s is not taken", (_, change, reason) => {
    expect(simulatedSeconds({ ...report, ...change })).toMatchObject({ ok: false, reason });
  });

  it.each([[undefined], [null], ["text"], [[]]])("is not %j", (value) => {
    expect(simulatedSeconds(value)).toMatchObject({ ok: false, reason: "form" });
  });
});
