import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { noFacts } from "../../../core/facts";
import type { PlanInput } from "../../../core/migrate/plan/plan";
import { proposeLayouts } from "../../../core/migrate/solve/proposeLayouts";
import { positions } from "../../../core/sim/cases/position";
import { replayCase } from "../../../core/sim/replay/replay";
import { makeScenarios } from "../../../core/sim/scenario/makeScenarios";
import type { Scenario } from "../../../core/sim/scenario/scenario";
import { cutState } from "../../../core/sim/sweep/cutState";
import { subjectOf } from "../../../core/sim/sweep/subject";
import { cutAt, type TriedCase, triedCut } from "../../../core/sim/sweep/tried";
import { verdictOf } from "../../../core/sim/verdict";
import { type AnySource, anySource } from "../../core/migrate/sources";

const chip = chipById("esp32");
const binarySize = 30_000;
const images = {
  repartitioner: { size: 20_000, sha256: "aa" },
  micropython: { size: binarySize, sha256: "bb" },
};

/** One layout that there is for a table, from every slot, as far as the plan takes it. */
function scenariosFor({ entries, flashSize }: AnySource, which: number): readonly Scenario[] {
  const source = { entries, tableOffset: 0x8000 };
  const layouts = proposeLayouts({ source, flashSize, chip, binarySize }).flatMap((layout) =>
    layout.isPossible ? [layout.entries] : [],
  );
  const target = layouts[which % Math.max(1, layouts.length)];
  if (!target) return [];
  const input: PlanInput = { source, target, images, facts: { ...noFacts, flashSize, chip } };
  const scenarios = makeScenarios(input, { procedure: "safe" });
  return scenarios.ok ? scenarios.value : [];
}

/** Apps are mapped in pages of 64 KB: a device whose slots stand elsewhere has never run from them. */
const canRun = ({ input }: Scenario): boolean =>
  input.source.entries.every(({ type, offset }) => type !== 0 || offset % 0x10000 === 0);

/** One cut, chosen by numbers that are taken modulo what there is. */
function tryCut(scenario: Scenario, where: number, place: number, seed: number): TriedCase {
  const subject = subjectOf(scenario);
  expect({ slot: scenario.slot, clean: verdictOf(subject.outcome.ending, true) }).toEqual({
    slot: scenario.slot,
    clean: "completes",
  });
  const operation = subject.clean.operations[where % subject.clean.operations.length];
  const at = positions[place % positions.length];
  if (!operation || !at) throw new Error("a migration has operations");
  const left = cutState(subject.clean, operation.index, at, seed);
  return triedCut(subject, [cutAt(operation.index, at, seed)], operation, left);
}

describe("any table, any layout, any slot, any cut", () => {
  it("ends in MicroPython, or as the plan declares; and the id tells the same", () => {
    let count = 0;
    fc.assert(
      fc.property(
        anySource,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.nat(999),
        (source, which, where, place, seed) => {
          const scenarios = scenariosFor(source, which).filter(canRun);
          const scenario = scenarios[where % Math.max(1, scenarios.length)];
          if (!scenario) return;
          const tried = tryCut(scenario, where, place, seed);
          expect(tried.verdict, tried.id).toBe(tried.declared ?? "resumes");
          const replay = replayCase([scenario], tried.what);
          expect(replay).toMatchObject({ ok: true, value: { id: tried.id, verdict: tried.verdict } });
          count++;
        },
      ),
      { numRuns: 12 },
    );
    expect(count).toBeGreaterThan(0);
  });
});
