import type { CaseCut } from "../cases/case";
import { bytesAt, type Position } from "../cases/position";
import type { DeviceState, Operation, Run } from "../device";
import type { Scenario } from "../scenario/scenario";
import { cutState } from "./cutState";
import { lifeFrom } from "./lifeRun";

/** Where a device stands after some of its cuts. */
export interface CutDevice {
  readonly state: DeviceState;
  /** Operations that were begun so far; a cut one counts, wherever it was cut. */
  readonly done: number;
  /** The one that was cut last. */
  readonly operation: Operation | undefined;
}

/** A life with its power, and how it ended; for those who want to see it. */
export type Watch = (run: Run, firstOperation: number, cut: CaseCut | undefined) => void;

/**
 * Runs a device until it comes to the cut, and cuts it there. Undefined where it comes to its end before, or where the
 * operation has no such byte.
 */
export function runToCut(
  { setup }: Pick<Scenario, "setup">,
  device: CutDevice,
  cut: CaseCut,
  watch?: Watch,
): CutDevice | undefined {
  let { state, done } = device;
  for (let lives = 0; lives < MOST_LIVES; lives++) {
    const index = cut.operation - done;
    const { run, isOver } = lifeFrom(
      setup,
      state,
      { states: true, log: watch !== undefined },
      { until: index },
    );
    const operation = run.operations[index];
    watch?.(run, done, operation && cut);
    if (operation && !hasPlace(operation, cut.at)) return undefined;
    if (operation)
      return {
        state: cutState(run, index, cut.at, cut.seed),
        done: cut.operation + 1,
        operation: { ...operation, index: cut.operation },
      };
    if (isOver) return undefined;
    state = run.state;
    done += run.operations.length;
  }
  return undefined;
}

/** Only a write has bytes, and power fails behind one of them or behind none. */
const hasPlace = ({ op, size }: Operation, at: Position): boolean => {
  const bytes = bytesAt(at);
  return bytes === undefined || (op === "write" && bytes <= size);
};

/** More than any migration has between two cuts. */
const MOST_LIVES = 60;
