import { describe, expect, it } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { noFacts } from "../../../core/facts";
import type { PlanInput } from "../../../core/migrate/plan/plan";
import { isInWindow } from "../../../core/sim/hazard";
import { makeScenarios } from "../../../core/sim/scenario/makeScenarios";
import { cutsAt } from "../../../core/sim/schedule/places";
import { representatives } from "../../../core/sim/schedule/representatives";
import { isStale, isUndeclared } from "../../../core/sim/summary/hazardReport";
import { cutState } from "../../../core/sim/sweep/cutState";
import { type Subject, subjectOf } from "../../../core/sim/sweep/subject";
import { cutAt, type TriedCase, triedCut } from "../../../core/sim/sweep/tried";
import { verdictOf } from "../../../core/sim/verdict";
import { inputOf, PUBLISHED_BINARY, proposalsOf } from "../../core/migrate/solve/proposals";
import { type StockName, stockNames } from "../../core/migrate/stockTables";
import { scenariosOf } from "../support/sweeps";

/**
 * CROSSFLASH_WIDE=1 simulates images of their real size and cuts at every place of every operation, which takes half an
 * hour; otherwise they are small, and of each kind of work some operations are cut, and those that change the table everywhere.
 */
const isWide = process.env.CROSSFLASH_WIDE === "1";
const WIDE_TIMEOUT = 1_800_000;

const image = (size: number) => ({ size, sha256: "aa" });
const images = { repartitioner: image(20_000), micropython: image(30_000) };

/** A MicroPython for 2 MB has to be a small one. */
const binaryFor = (flashSize: number): number => (flashSize > 0x200000 ? PUBLISHED_BINARY : 500_000);

/** Each layout that there is for a stock table; the other ones are refused before anything is simulated. */
const layoutsOf = (name: StockName): readonly PlanInput[] => {
  const { source, flashSize } = inputOf(name);
  const binarySize = binaryFor(flashSize);
  const real = { repartitioner: image(500_000), micropython: image(binarySize) };
  const facts = { ...noFacts, flashSize, chip: chipById("esp32") };
  return proposalsOf(name, { binarySize }).flatMap((proposal) =>
    proposal.isPossible && !proposal.sameAs
      ? [{ source, target: proposal.entries, images: isWide ? real : images, facts }]
      : [],
  );
};

/** Its second slot stands where no app of an ESP32 can run, so its devices never took an update. */
const NEVER_UPDATED = "app1 beside 64 KB";
const withLayouts = stockNames.filter((name) => name !== NEVER_UPDATED && layoutsOf(name).length > 0);

const PLACES = ["before", "middle", "after"] as const;

function triedOf(subject: Subject): readonly TriedCase[] {
  const { operations } = subject.clean;
  return (isWide ? operations : representatives(operations)).flatMap((operation) => {
    const isEverywhere = isWide || isInWindow(subject.scenario.window, operation);
    const cuts = isEverywhere ? cutsAt(subject, operation) : PLACES.map((at) => cutAt(operation.index, at));
    return cuts.map((cut) =>
      triedCut(subject, [cut], operation, cutState(subject.clean, operation.index, cut.at, cut.seed)),
    );
  });
}

/** From every slot the device is migrated, and a cut costs it no more than the plan says. */
function checkLayout(input: PlanInput): void {
  for (const scenario of scenariosOf(input, { procedure: "safe" })) {
    const subject = subjectOf(scenario);
    const tried = triedOf(subject);
    const bricked = tried.filter(({ verdict }) => verdict === "bricked");
    expect({
      slot: scenario.slot,
      clean: verdictOf(subject.outcome.ending, true),
      wrong: tried.filter((one) => isUndeclared(one) || isStale(one)).map(({ id }) => id),
      bricked: [...new Set(bricked.map(({ operation }) => operation?.step))],
    }).toEqual({ slot: scenario.slot, clean: "completes", wrong: [], bricked: ["write-table"] });
  }
}

describe("every stock table in every layout, from every slot", () => {
  it.each(withLayouts)(
    "%s",
    (name) => {
      for (const input of layoutsOf(name)) checkLayout(input);
    },
    WIDE_TIMEOUT,
  );

  it("covers flash of 2, 4, 8, 16 and 32 MB", () => {
    const sizes = withLayouts.map((name) => inputOf(name).flashSize / 0x100000);
    expect([...new Set(sizes)].toSorted((a, b) => a - b)).toEqual([2, 4, 8, 16, 32]);
  });

  it("finds out that a device cannot be updated whose second slot does not stand on 64 KB", () => {
    const [input] = layoutsOf(NEVER_UPDATED);
    const [first] = input ? scenariosOf(input, { procedure: "safe" }) : [];
    if (!first) throw new Error("there is no scenario");
    expect(verdictOf(subjectOf(first).outcome.ending, true)).toBe("falls-back");
  });
});

describe("what cannot be migrated is not simulated", () => {
  const refusalOf = (input: PlanInput): string => {
    const scenarios = makeScenarios(input, { procedure: "safe" });
    return scenarios.ok ? "" : scenarios.message;
  };
  const [arduino] = layoutsOf("Arduino default");
  if (!arduino) throw new Error("there is no layout for the table of Arduino");
  const chipless = { ...noFacts, flashSize: 0x400000 };

  it.each<[string, Partial<PlanInput>, string]>([
    ["2 MB of flash", { facts: { ...arduino.facts, flashSize: 0x200000 } }, "knows 2 MB of flash"],
    ["no size of flash", { facts: { ...noFacts, chip: chipById("esp32") } }, "how large the flash"],
    ["no chip", { facts: chipless }, "which chip"],
    ["MicroPython too large", { images: { ...images, micropython: image(2e6) } }, "does not fit"],
    ["a repartitioner too large", { images: { ...images, repartitioner: image(2e6) } }, "2,000,000"],
    ["no way to update", { source: inputOf("ESP-IDF singleapp").source }, "take no update over the air"],
    ["a slot that nobody has", { source: { ...arduino.source, runningSlot: "app7" } }, "app7"],
  ])("%s", (_, more, words) => {
    expect(refusalOf({ ...arduino, ...more })).toContain(words);
  });
});
