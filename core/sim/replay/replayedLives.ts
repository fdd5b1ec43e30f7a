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

const SAME = 2;
const MOST = 120;

/** What waits says the same for ever; of anything else the end counts. */
function shortened(log: readonly LogLine[]): { readonly lines: readonly string[]; readonly leftOut: number } {
  const all = log.map(({ text }) => text);
  const lines = all
    .filter((text, at) => at < SAME || text !== all[at - 1] || text !== all[at - SAME])
    .slice(-MOST);
  return { lines, leftOut: all.length - lines.length };
}
