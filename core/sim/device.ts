import type { ChipTarget } from "../chip/targets";
import type { StepId } from "../migrate/plan/plan";
import type { BootloaderModel } from "./boot/model";
import { type Cut, flashAfterCut } from "./driver/cut";
import { liveOnce } from "./driver/life";
import { type Machine, machineOf, stateOf } from "./driver/machine";
import type { Watcher } from "./driver/watcher";
import type { Program } from "./effect";
import { type Flash, sameContent } from "./flash/flash";
import type { AppKind, SimulatedImage } from "./images";
import { type NetworkState, offline, sameNetwork } from "./server";

export type { Cut, CutPoint } from "./driver/cut";

/** The steps of a plan, and the one that no plan has. */
export type Step = StepId | "go-back";

/** What an app knows of the device that it runs on. Offsets in bytes of flash. */
export interface AppContext {
  readonly chip: ChipTarget;
  readonly tableOffset: number;
  readonly image: SimulatedImage;
  /** Of the slot from which it runs. */
  readonly offset: number;
  /** Operations belong to this step from now on; a line of log with `step=` says so too. */
  readonly enter: (step: Step) => void;
}

export type Programs = Readonly<Record<AppKind, (context: AppContext) => Program>>;

/** All of a device that never changes. */
export interface DeviceSetup {
  readonly chip: ChipTarget;
  readonly tableOffset: number;
  readonly bootloader: BootloaderModel;
  /** What can be recognised in a slot; which program runs is decided by what the slot holds. */
  readonly images: readonly SimulatedImage[];
  readonly programs: Programs;
  /** Flash encryption or secure boot. */
  readonly isProtected?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

export interface Limits {
  /** So many waits between which neither flash nor network changed: then nothing will. */
  readonly waits: number;
  readonly lives: number;
  /** In one life. */
  readonly effects: number;
}

/** What a device is between two lives. */
export interface DeviceState {
  readonly flash: Flash;
  readonly network: NetworkState;
  readonly step: Step | undefined;
}

export type Runner = AppKind | "bootloader";

/** An erase or a write. They are counted from 0 over the whole run. */
export interface Operation {
  readonly index: number;
  readonly op: "erase" | "write";
  readonly offset: number;
  readonly size: number;
  /** What was written. */
  readonly bytes: Uint8Array | undefined;
  readonly step: Step | undefined;
  readonly app: Runner;
  readonly life: number;
  /** Of simulated time, when it began. */
  readonly milliseconds: number;
}

export interface LogLine {
  readonly text: string;
  readonly app: Runner;
  readonly life: number;
  readonly step: Step | undefined;
  /** How many operations were done before it. */
  readonly operation: number;
  readonly milliseconds: number;
}

/**
 * `idle`: the app has nothing left to do (MicroPython at its prompt, with files). `waiting`: it would go on as it does
 * now for ever. `no-boot`: the bootloader starts nothing. `unknown-app`: what it starts is none of the images. `limit`:
 * it came to no end.
 */
export type LifeEnd = "restart" | "cut" | "idle" | "waiting" | "no-boot" | "unknown-app" | "limit";

/** From one reset to the next. */
export interface Life {
  readonly number: number;
  /** What the bootloader started, and from which offset. */
  readonly app: AppKind | undefined;
  readonly offset: number | undefined;
  readonly firstOperation: number;
  readonly end: LifeEnd;
}

export interface Run {
  readonly end: Exclude<LifeEnd, "restart" | "cut">;
  /** Of the last life. */
  readonly app: AppKind | undefined;
  readonly offset: number | undefined;
  readonly state: DeviceState;
  readonly lives: readonly Life[];
  readonly operations: readonly Operation[];
  readonly log: readonly LogLine[];
  /** Where they were asked for: the device before the operation of the same index. */
  readonly states: readonly DeviceState[];
  readonly milliseconds: number;
}

export interface RunOptions {
  /** Where power fails once; it comes back at once. */
  readonly cut?: Cut | undefined;
  readonly watcher?: Watcher | undefined;
  readonly record?: { readonly log?: boolean | undefined; readonly states?: boolean | undefined } | undefined;
}

export const defaultLimits: Limits = { waits: 50, lives: 50, effects: 200_000 };

/** Runs a device from its reset until nothing new will happen. What it does follows from the arguments alone. */
export function runDevice(setup: DeviceSetup, state: DeviceState, options: RunOptions = {}): Run {
  const limits = { ...defaultLimits, ...setup.limits };
  const machine = machineOf(setup, state, options, limits);
  const lives: Life[] = [];
  let seen: DeviceState[] = [];
  for (;;) {
    seen.push(stateOf(machine));
    const life = liveOnce(machine, setup, lives.length);
    lives.push(life);
    const end = endOfRun(life, seen, stateOf(machine), limits);
    if (end) return { ...runOf(machine, life), end, lives };
    // Power fails once: what led to it leads elsewhere the next time.
    if (life.end === "cut") seen = [];
  }
}

/** A device that starts as it started before will do what it did then: it has come to its end, if not to a good one. */
function endOfRun(
  { end, number }: Life,
  seen: readonly DeviceState[],
  next: DeviceState,
  { lives }: Limits,
): Run["end"] | undefined {
  if (end !== "restart" && end !== "cut" && end !== "no-boot") return end;
  const isAgain = seen.some(
    ({ flash, network }) => sameContent(flash, next.flash) && sameNetwork(network, next.network),
  );
  if (isAgain && end !== "cut") return end === "no-boot" ? "no-boot" : "waiting";
  return number + 1 < lives ? undefined : "limit";
}

const runOf = (machine: Machine, { app, offset }: Life): Omit<Run, "end" | "lives"> => ({
  app,
  offset,
  state: stateOf(machine),
  operations: machine.operations,
  log: machine.log,
  states: machine.states,
  milliseconds: machine.milliseconds,
});

/**
 * The device after its power failed at an operation of a run that was recorded with its states: run it again to see
 * whether it finds its way. Throws a RangeError for an operation that the run does not have.
 */
export function stateAfterCut({ operations, states }: Run, cut: Cut): DeviceState {
  const operation = operations[cut.operation];
  const before = states[cut.operation];
  if (!operation || !before) throw new RangeError(`the run has no recorded operation ${cut.operation}`);
  return { ...before, flash: flashAfterCut(before.flash, operation, cut), network: offline(before.network) };
}
