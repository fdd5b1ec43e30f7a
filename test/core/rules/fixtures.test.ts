import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyse } from "../../../core/analyse";
import type { Problem } from "../../../core/rules/rule";
import { applyEdits, type TextEdit } from "../../../core/text/span";
import { checkProblems, parseFixture } from "../../support/fixture";

/**
 * `<rule>.csv` triggers the rule, with everything that any rule says of it marked; `<rule>.fixed.csv` is its text after
 * the first fix of each of the rule's problems, `<rule>.ok.csv` a text that the rule has nothing to say about, and
 * `<rule>.anything.csv` a further case.
 */
const folder = new URL("../../fixtures/rules/", import.meta.url);
const fixtures = readdirSync(folder).filter((file) => /^[a-z0-9-]+\.csv$/.test(file));
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");

const cases = readdirSync(folder).filter((file) => /\.(?!fixed\.|ok\.)[a-z0-9-]+\.csv$/.test(file));

it.each(cases)("%s shows the marked problems and no others", (file) => checkProblems(read(file)));

describe.each(fixtures)("%s", (file) => {
  const id = file.replace(".csv", "");
  const { text, facts } = parseFixture(read(file));
  const problems = analyse(text, facts).problems;
  const own = problems.filter((problem) => problem.id === id);

  it("shows the marked problems and no others", () => {
    checkProblems(read(file));
    expect(own.length, `a problem of ${id}`).toBeGreaterThan(0);
  });

  if (existsSync(new URL(`${id}.fixed.csv`, folder))) {
    it("is mended by its first fixes", () => {
      const fixed = applyEdits(text, own.flatMap(firstEdits));
      expect(fixed).toBe(read(`${id}.fixed.csv`));
      const after = analyse(fixed, facts).problems;
      const unfixable = own.filter((problem) => firstEdits(problem).length === 0);
      expect(after.filter((problem) => problem.id === id).length).toBeLessThanOrEqual(unfixable.length);
      expect(errorsOfOthers(after, id)).toBeLessThanOrEqual(errorsOfOthers(problems, id));
    });
  } else {
    it("has no fix that edits", () => expect(own.flatMap(firstEdits)).toEqual([]));
  }

  if (existsSync(new URL(`${id}.ok.csv`, folder)))
    it("has nothing to say when all is well", () => {
      const ok = read(`${id}.ok.csv`);
      checkProblems(ok);
      expect(parseFixture(ok).expected.filter((expected) => expected.id === id)).toEqual([]);
    });
});

function firstEdits({ fixes }: Problem): readonly TextEdit[] {
  const first = fixes?.[0];
  return first && "edits" in first ? first.edits : [];
}

const errorsOfOthers = (problems: readonly Problem[], id: string): number =>
  problems.filter((problem) => problem.severity === "error" && problem.id !== id).length;
