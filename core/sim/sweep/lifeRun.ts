import {
  type DeviceSetup,
  type DeviceState,
  type Life,
  type Run,
  type RunOptions,
  runDevice,
} from "../device";
import type { Watcher } from "../driver/watcher";

/** One life of a device: from a reset to the next. */
export interface LifeRun {
  readonly run: Run;
  readonly life: Life;
  /** Whether nothing new would happen without a reset. */
  readonly isOver: boolean;
}

/** Runs a device to its next reset, or only until it begins the operation of this number, or is known to the watcher. */
export function lifeFrom(
  setup: DeviceSetup,
  state: DeviceState,
  record: RunOptions["record"],
  { until, watcher }: { readonly until?: number; readonly watcher?: Watcher } = {},
): LifeRun {
  const cut = until === undefined ? undefined : ({ operation: until, at: "before" } as const);
  const run = runDevice({ ...setup, limits: { ...setup.limits, lives: 1 } }, state, { record, cut, watcher });
  const [life] = run.lives;
  if (!life) throw new TypeError("a run has at least one life");
  return { run, life, isOver: life.end !== "restart" && life.end !== "no-boot" && life.end !== "cut" };
}
