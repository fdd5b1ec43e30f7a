import { expect } from "vitest";
import { analyse } from "../../core/analyse";
import type { Problem } from "../../core/rules/rule";
import { lineIndex } from "../../core/text/lines";
import { type Expectation, parseFixture } from "./parseFixture";

export { type Fixture, parseFacts, parseFixture } from "./parseFixture";

/** Analyses the fixture and compares all problems with the marked ones: place, severity, rule and part of the message. */
export function checkProblems(source: string): void {
  const { text, facts, expected } = parseFixture(source);
  const found = analyse(text, facts).problems.map((problem) => expectationOf(problem, text));
  const wanted = expected.map(({ part: _, ...rest }) => rest);
  expect(found.map(({ part: _, ...rest }) => rest)).toEqual(wanted);
  for (const [index, { part }] of expected.entries()) expect(found[index]?.part).toContain(part);
}

function expectationOf({ at, severity, id, message }: Problem, text: string): Expectation {
  const lines = lineIndex(text);
  const start = lines.positionAt(at.start);
  return {
    line: start.line,
    from: start.character,
    to: start.character + at.end - at.start,
    severity,
    id,
    part: message,
  };
}
