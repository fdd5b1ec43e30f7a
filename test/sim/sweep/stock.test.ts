import { describe, expect, it } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { noFacts } from "../../../core/facts";
import type { PlanInput } from "../../../core/migrate/plan/plan";
import { makeScenarios } from "../../../core/sim/scenario/makeScenarios";
import { representatives } from "../../../core/sim/schedule/representatives";
import { isStale, isUndeclared } from "../../../core/sim/summary/hazardReport";
import { cutState } from "../../../core/sim/sweep/cutState";
import { subjectOf } from "../../../core/sim/sweep/subject";
import { cutAt, triedCut } from "../../../core/sim/sweep/tried";
import { verdictOf } from "../../../core/sim/verdict";
import { inputOf, proposalsOf } from "../../core/migrate/solve/proposals";
import { type StockName, stockNames } from "../../core/migrate/stockTables";
import { scenariosOf } from "../support/sweeps";

/** Bytes; small, so that the whole matrix takes seconds. The layouts are those for the real binary. */
const images = { repartitioner: { size: 20_000, sha256: "aa" }, micropython: { size: 30_000, sha256: "bb" } };

/** Each layout that there is for a stock table; the other ones are refused before anything is simulated. */
const layoutsOf = (name: StockName): readonly PlanInput[] => {
  const { source, flashSize } = inputOf(name);
  return proposalsOf(name).flatMap((proposal) =>
    proposal.isPossible && !proposal.sameAs
      ? [
          {
            source,
            target: proposal.entries,
            images,
            facts: { ...noFacts, flashSize, chip: chipById("esp32") },
          },
        ]
      : [],
  );
};

/** Its second slot stands where no app of an ESP32 can run, so its devices never took an update. */
const NEVER_UPDATED = "WLED 4MB_1MB_FS";
const withLayouts = stockNames.filter((name) => name !== NEVER_UPDATED && layoutsOf(name).length > 0);

const PLACES = ["before", "middle", "after"] as const;

/** Of each kind of work some operations, each cut before, in the middle of and after it. */
function checkLayout(input: PlanInput): void {
  for (const scenario of scenariosOf(input, { procedure: "safe" })) {
    const subject = subjectOf(scenario);
    const tried = representatives(subject.clean.operations).flatMap((operation) =>
      PLACES.map((at) => {
        const state = cutState(subject.clean, operation.index, at, 0);
        return triedCut(subject, [cutAt(operation.index, at)], operation, state);
      }),
    );
    const found = {
      slot: scenario.slot,
      clean: verdictOf(subject.outcome.ending, true),
      wrong: tried.filter((one) => isUndeclared(one) || isStale(one)).map(({ id }) => id),
      bricked: tried.filter(({ verdict }) => verdict === "bricked").map(({ operation }) => operation?.step),
    };
    const bricked = ["write-table", "write-table", "write-table", "write-table"];
    expect(found).toEqual({ slot: scenario.slot, clean: "completes", wrong: [], bricked: found.bricked });
    expect(bricked).toEqual(expect.arrayContaining(found.bricked));
    expect(found.bricked.length).toBeGreaterThan(1);
  }
}

describe("every stock table in every layout, from every slot", () => {
  it.each(withLayouts)("%s", (name) => {
    for (const input of layoutsOf(name)) checkLayout(input);
  });

  it("covers flash of 4, 8, 16 and 32 MB", () => {
    const sizes = withLayouts.map((name) => inputOf(name).flashSize / 0x100000);
    expect([...new Set(sizes)].toSorted((a, b) => a - b)).toEqual([4, 8, 16, 32]);
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
    [
      "MicroPython too large",
      { images: { ...images, micropython: { size: 2e6, sha256: "bb" } } },
      "does not fit",
    ],
    [
      "a repartitioner too large",
      { images: { ...images, repartitioner: { size: 2e6, sha256: "aa" } } },
      "2,000,000",
    ],
    ["no way to update", { source: inputOf("ESP-IDF singleapp").source }, "take no update over the air"],
    ["a slot that nobody has", { source: { ...arduino.source, runningSlot: "app7" } }, "app7"],
  ])("%s", (_, more, words) => {
    expect(refusalOf({ ...arduino, ...more })).toContain(words);
  });
});
