import type { LogLine } from "../device";
import type { ReplayedLife } from "../report";
import type { Scenario } from "../scenario/scenario";
import { placeAt } from "../summary/places";
import type { SeenLife } from "./seeCase";

/** Each start of the device, and what it prints. */
export const replayedLives = (scenario: Scenario, lives: readonly SeenLife[]): readonly ReplayedLife[] =>
  lives.map(({ run, cut }, number) => {
    const [life] = run.lives;
    const { lines, leftOut } = shortened(run.log);
    return {
      number,
      app: life?.app,
      from: life?.offset === undefined ? undefined : appName(scenario, life.offset),
      end: cut ? "cut" : (life?.end ?? "limit"),
      log: lines,
      operations: run.operations.length,
      leftOut,
    };
  });

/** An app does not move while it runs, so either table names it. */
const appName = (scenario: Scenario, offset: number): string | undefined =>
  placeAt(scenario, scenario.input.source.entries, offset) ??
  placeAt(scenario, scenario.input.target, offset);

const FIRST = 30;
const LAST = 20;

/** What waits says the same for ever. */
function shortened(log: readonly LogLine[]): { readonly lines: readonly string[]; readonly leftOut: number } {
  const lines = log.map(({ text }) => text);
  const leftOut = Math.max(0, lines.length - FIRST - LAST);
  return {
    lines: leftOut === 0 ? lines : [...lines.slice(0, FIRST), ...lines.slice(-LAST)],
    leftOut,
  };
}
