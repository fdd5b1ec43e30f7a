import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Ends a run with one plain line of totals, and names every skipped test: nothing is skipped silently. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests: TestCase[] = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = inState("skipped");
    for (const test of skipped) console.log(`skipped: ${test.fullName}`);
    const broken = modules.filter((module) => module.errors().length > 0).length;
    console.log(
      `${inState("passed").length} passed, ${inState("failed").length + broken} failed, ${skipped.length} skipped`,
    );
  }
}
