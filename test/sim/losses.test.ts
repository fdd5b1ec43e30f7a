import { describe, expect, it } from "vitest";
import type { Position } from "../../core/sim/cases/position";
import { expectedLosses } from "../../core/sim/losses";
import type { CaseVerdict, OperationReport } from "../../core/sim/report";

const operation = (
  op: "erase" | "write",
  cuts: readonly (readonly [Position, CaseVerdict])[],
  size = 0x1000,
): OperationReport => ({
  index: 0,
  op,
  offset: 0x8000,
  size,
  place: undefined,
  step: undefined,
  app: "repartitioner",
  life: 0,
  seconds: { typical: 1, most: 10 },
  verdict: undefined,
  isHazard: false,
  cuts: cuts.map(([at, verdict]) => ({ id: "", at, verdict, isDeclared: false })),
});

const seconds = (...operations: readonly OperationReport[]) =>
  expectedLosses({ devices: 1, cutRate: 1 }, [operations]).brickedSeconds;

describe("the seconds in which a cut bricks", () => {
  it("are those of an erase as soon as one of its cuts does", () => {
    const bad = operation("erase", [
      ["begun", "resumes"],
      ["middle", "bricked"],
      ["almost", "resumes"],
    ]);
    expect(seconds(bad)).toEqual({ typical: 1, most: 10 });
  });
  it("are those of a write from where it does up to where it does not any more", () => {
    const bad = operation("write", [
      ["begun", "bricked"],
      ["byte-1024", "resumes"],
      ["middle", "resumes"],
    ]);
    expect(seconds(bad)).toEqual({ typical: 0.25, most: 2.5 });
  });
  it("do not begin before an operation, nor last behind it", () => {
    const bad = operation("erase", [
      ["before", "bricked"],
      ["after", "bricked"],
    ]);
    expect(seconds(bad)).toEqual({ typical: 0, most: 0 });
  });
  it("are added up, and of several start slots the worst counts", () => {
    const one = operation("erase", [["begun", "bricked"]]);
    const losses = expectedLosses({ devices: 1, cutRate: 1 }, [[one, one], [one]]);
    expect(losses.brickedSeconds).toEqual({ typical: 2, most: 20 });
    expect(losses.stuckSeconds).toEqual({ typical: 0, most: 0 });
  });
});

describe("the losses of a fleet", () => {
  const one = operation("erase", [["begun", "bricked"]]);

  it("are the chance of a cut in those seconds, for each device", () => {
    const { bricked } = expectedLosses({ devices: 1000, cutRate: 2 }, [[one]]);
    expect(bricked.typical).toBeCloseTo(1000 * (2 / 86_400), 5);
    expect(bricked.most).toBeCloseTo(1000 * (20 / 86_400), 3);
  });
  it("are never more than the fleet", () => {
    const { bricked } = expectedLosses({ devices: 7, cutRate: 1e9 }, [[one]]);
    expect(bricked.most).toBeCloseTo(7, 9);
  });
});
