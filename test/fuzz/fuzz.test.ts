import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { analyse } from "../../core/analyse";
import { format } from "../../core/language/format";
import { hostileTables, wrongTables } from "../support/tables";
import { checkTable } from "./csv";
import { expectEdits } from "./expect";
import { someFacts } from "./facts";
import { randomFrom } from "./random";
import { fuzzCase, kinds } from "./targets";

/** A taste of `npm run fuzz`, which runs a million of these. */
describe("mutated inputs", () => {
  for (const kind of kinds)
    it(`500 of kind ${kind}`, () => {
      for (let number = 0; number < 500; number++) fuzzCase(7, number, kind).check();
    });

  it("are the same for the same seed and number, and different for others", () => {
    const inputs = Array.from({ length: 50 }, (_, number) => fuzzCase(3, number, "csv").input);
    expect(Array.from({ length: 50 }, (_, number) => fuzzCase(3, number, "csv").input)).toEqual(inputs);
    expect(new Set(inputs).size).toBeGreaterThan(40);
    expect(fuzzCase(4, 0, "csv").input).not.toEqual(fuzzCase(3, 0, "csv").input);
  });
});

/** Quadratic work on a megabyte takes longer than any test may. */
describe("hostile tables", () => {
  for (const [title, text] of Object.entries({ ...wrongTables, ...hostileTables }))
    it(title, () => {
      const analysis = analyse(text, { ...someFacts(randomFrom(5)), environment: { A: "x,y" } });
      checkTable(analysis);
      expectEdits(format(analysis), text, "the formatter");
    });
});

describe("the checks", () => {
  it("refuse edits that overlap or lie outside", () => {
    const edit = (start: number, end: number) => ({ span: { start, end }, newText: "" });
    expectEdits([edit(2, 3), edit(0, 2)], "abc", "test");
    expect(() => expectEdits([edit(0, 2), edit(1, 3)], "abc", "test")).toThrow("overlap");
    expect(() => expectEdits([edit(2, 4)], "abc", "test")).toThrow("not inside");
  });

  it("say how the runner is used", () => {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/fuzz.mjs", "--only", "nonsense"], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining("--case") });
  });
});
