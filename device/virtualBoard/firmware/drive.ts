import { setImmediate as turn } from "node:timers/promises";
import { eraseBlock, eraseSector, programPage } from "../../../core/migrate/plan/flashCost";
import type { VerifyEffect } from "../../../core/sim/boot/effects";
import type { Answer, Effect } from "../../../core/sim/effect";
import type { FlashChange } from "../../../core/sim/flash/answer";
import { BLOCK, PAGE } from "../../../core/sim/flash/contents";
import type { FlashChip } from "../flashChip";
import { answerFrom, isQuestion } from "./questions";
import type { DeviceNetwork } from "./simulatedFirmware";
import type { VirtualTime } from "./virtualTime";

/** A board while a program runs on it. */
export interface RunningDevice {
  readonly chip: FlashChip;
  readonly mac: string;
  readonly isProtected: boolean;
  readonly network: DeviceNetwork;
  readonly time: VirtualTime;
  /** Of the slot that runs. */
  readonly offset: number;
  /** Whether its program says who it is to servers. */
  readonly tellsMac: boolean;
  /** One line, or a prompt, to whoever listens. */
  say(text: string): void;
  /** Real time, for so many milliseconds of the board; ends early when the board loses its power. */
  pause(milliseconds: number): Promise<void>;
  hasPower(): boolean;
  /** What the flash chip is doing right now. */
  doing(change: FlashChange | undefined): void;
}

/** How a program ended, and what it gave where it came to its end. */
export type Outcome<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "restart" | "cut" };

/** Milliseconds of the board's time that things take which are neither flash nor a wait; nobody measured them. */
const CONNECT = 3000;
const REQUEST = 100;
const BYTES_PER_MILLISECOND = 50;

/** Runs a program on a board until it ends, restarts, or the board loses its power, which may happen at any operation. */
export async function driveOn<T>(
  device: RunningDevice,
  program: Generator<Effect | VerifyEffect, T, Answer>,
): Promise<Outcome<T>> {
  let answer: Answer;
  let isOnline = false;
  while (device.hasPower()) {
    const step = program.next(answer);
    if (step.done) return { kind: "done", value: step.value };
    const effect = step.value;
    if (effect.kind === "restart") return { kind: "restart" };
    answer = await answerTo(device, effect, isOnline);
    if (effect.kind === "connect") isOnline = answer === true;
  }
  return { kind: "cut" };
}

async function answerTo(
  device: RunningDevice,
  effect: Exclude<Effect | VerifyEffect, { readonly kind: "restart" }>,
  isOnline: boolean,
): Promise<Answer> {
  if (isQuestion(effect)) return answerFrom(device.chip, effect);
  const { network, time } = device;
  switch (effect.kind) {
    case "write":
    case "erase":
      return change(device, effect);
    case "running":
      return device.offset;
    case "protected":
      return device.isProtected;
    case "log":
      return log(device, effect.line, isOnline);
    case "wait":
      time.pass(effect.milliseconds);
      await device.pause(effect.milliseconds);
      return undefined;
    case "connect":
      if (!isOnline) time.pass(CONNECT);
      return network.connect();
    case "fetch-open":
      time.pass(REQUEST);
      return network.open(effect.image, effect.from, device.tellsMac ? device.mac : undefined);
    case "fetch-read": {
      const bytes = await network.read(effect.size);
      time.pass((bytes?.length ?? 0) / BYTES_PER_MILLISECOND);
      return bytes;
    }
    case "fetch-close":
      network.close();
      return undefined;
  }
}

/** The chip says that it was done; an operation in which power fails leaves what the board makes of it. */
async function change(device: RunningDevice, effect: FlashChange): Promise<boolean> {
  device.doing(effect);
  device.time.pass(duration(effect));
  await turn();
  if (!device.hasPower()) return false;
  device.doing(undefined);
  return effect.kind === "write"
    ? device.chip.program(effect.offset, effect.bytes)
    : device.chip.erase(effect.offset, effect.size);
}

/** Milliseconds, by the datasheet. */
const duration = (effect: FlashChange): number =>
  effect.kind === "write"
    ? programPage.typical * 1000 * Math.ceil(effect.bytes.length / PAGE)
    : (effect.size === BLOCK ? eraseBlock : eraseSector).typical * 1000;

const OWN = "crossflash: ";

async function log(device: RunningDevice, line: string, isOnline: boolean): Promise<undefined> {
  device.say(line);
  if (isOnline && line.startsWith(OWN)) await device.network.report(line, device.mac);
  // Whoever listens may cut the power because of it.
  await turn();
  return undefined;
}
