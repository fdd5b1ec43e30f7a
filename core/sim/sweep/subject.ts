import { type Run, runDevice } from "../device";
import { type FilesystemWindow, filesystemWindow } from "../filesystemWindow";
import type { Scenario } from "../scenario/scenario";
import { type Outcome, type Recovery, recoveryOf } from "./recovery";

/** A scenario that was run once without a fault: what it did is what can be cut. */
export interface Subject {
  readonly scenario: Scenario;
  /** Recorded with its states. */
  readonly clean: Run;
  readonly outcome: Outcome;
  readonly recovery: Recovery;
  readonly filesystem: FilesystemWindow | undefined;
  /** How many of its operations are cut: a device that does the same for ever is not cut for ever. */
  readonly swept: number;
}

/** Of a run that comes to no end only the first lives are cut. */
const ENDLESS_LIVES = 4;

export function subjectOf(scenario: Scenario): Subject {
  const clean = runDevice(scenario.setup, scenario.state, { record: { states: true, log: false } });
  const recovery = recoveryOf(scenario);
  const isEndless = clean.end === "limit";
  return {
    scenario,
    clean,
    outcome: recovery(scenario.state),
    recovery,
    filesystem: filesystemWindow(scenario.route, clean.operations),
    swept: (isEndless ? clean.lives[ENDLESS_LIVES]?.firstOperation : undefined) ?? clean.operations.length,
  };
}
