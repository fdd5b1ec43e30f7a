import { eraseBlock, eraseSector, programPage } from "../../migrate/plan/flashCost";
import type {
  DeviceSetup,
  DeviceState,
  Limits,
  LogLine,
  Operation,
  Runner,
  RunOptions,
  Step,
} from "../device";
import { type FlashChange, flashAfter } from "../flash/answer";
import { BLOCK, PAGE } from "../flash/contents";
import type { Flash } from "../flash/flash";
import { type NetworkState, offline } from "../server";
import { type Cut, flashAfterCut } from "./cut";
import type { Watcher } from "./watcher";

/** A device while it runs: the only thing here that changes. */
export interface Machine {
  flash: Flash;
  network: NetworkState;
  step: Step | undefined;
  milliseconds: number;
  life: number;
  /** Who runs, and from which offset. */
  app: Runner;
  offset: number;
  readonly limits: Limits;
  readonly cut: Cut | undefined;
  /** Of the apps, not of the bootloader. */
  readonly watcher: Watcher | undefined;
  readonly isProtected: boolean;
  readonly recordsLog: boolean;
  readonly recordsStates: boolean;
  readonly operations: Operation[];
  readonly log: LogLine[];
  readonly states: DeviceState[];
}

export function machineOf(
  { images, isProtected = false }: DeviceSetup,
  state: DeviceState,
  { cut, record, watcher }: RunOptions,
  limits: Limits,
): Machine {
  const { store } = state.flash;
  const { files } = state.network.network;
  for (const bytes of [files.repartitioner, files.micropython, ...images.map((image) => image.bytes)])
    store.trust(bytes);
  return {
    flash: state.flash,
    network: offline(state.network),
    step: state.step,
    milliseconds: 0,
    life: 0,
    app: "bootloader",
    offset: 0,
    limits,
    cut,
    watcher,
    isProtected,
    recordsLog: record?.log ?? true,
    recordsStates: record?.states ?? false,
    operations: [],
    log: [],
    states: [],
  };
}

/** The device as it would be after a reset. */
export const stateOf = ({ flash, network, step }: Machine): DeviceState => ({
  flash,
  network: offline(network),
  step,
});

/** Does an operation; false where power failed at it. */
export function operate(machine: Machine, change: FlashChange): boolean {
  const { flash, step, app, life, milliseconds, cut, operations } = machine;
  const operation: Operation = {
    index: operations.length,
    op: change.kind,
    offset: change.offset,
    size: change.kind === "write" ? change.bytes.length : change.size,
    bytes: change.kind === "write" ? change.bytes : undefined,
    step,
    app,
    life,
    milliseconds,
  };
  operations.push(operation);
  if (machine.recordsStates) machine.states.push({ flash, network: machine.network, step });
  machine.milliseconds += duration(operation);
  const isCut = cut?.operation === operation.index;
  machine.flash = isCut ? flashAfterCut(flash, operation, cut) : flashAfter(flash, change);
  return !isCut;
}

const duration = ({ op, size }: Operation): number => {
  if (op === "write") return programPage.typical * 1000 * Math.ceil(size / PAGE);
  return (size === BLOCK ? eraseBlock : eraseSector).typical * 1000;
};

const STEP = "step=";

/** Notes a line, and the step that it speaks of. */
export function note(machine: Machine, text: string): void {
  const at = text.indexOf(STEP);
  if (at !== -1) machine.step = text.slice(at + STEP.length).split(" ", 1)[0] as Step;
  if (!machine.recordsLog) return;
  const { app, life, step, milliseconds, operations } = machine;
  machine.log.push({ text, app, life, step, operation: operations.length, milliseconds });
}
