import { expect } from "vitest";
import { micropython } from "../../../core/sim/apps/micropython";
import { type Cut, type DeviceSetup, type DeviceState, type Run, runDevice } from "../../../core/sim/device";
import type { Effect, Program } from "../../../core/sim/effect";
import { sameContent } from "../../../core/sim/flash/flash";
import type { RepartitionerConfig } from "../../../core/sim/repartitioner/config";
import { repartitioner } from "../../../core/sim/repartitioner/repartitioner";
import { hex } from "../../../core/text/units";
import type { Driver } from "./driver";
import { allImages, esp32, FLASH_SIZE, type Migration, TABLE } from "./migrations";

/** A run, and all that the repartitioner asked for in it except what it read. */
export interface Traced {
  readonly run: Run;
  readonly trace: readonly string[];
}

export interface Device {
  readonly migration: Migration;
  readonly config: RepartitionerConfig;
  readonly state: DeviceState;
  readonly isProtected?: boolean;
}

/** More than a boot has patience for, and few enough not to wait long for the end of a device that is stuck. */
const limits = { waits: 25, lives: 40, effects: 1_000_000 };

/** Runs the device once with each of the two; both must do the same, one life after the other. Gives what they did. */
export function runBoth(driver: Driver, device: Device, cut?: Cut): Traced {
  const [expected, found] = [
    traced(device, repartitioner, cut),
    traced(device, (config) => driver.program(config, FLASH_SIZE), cut),
  ];
  const where = `${device.migration.name}, cut ${JSON.stringify(cut)}`;
  expect(found.trace, where).toEqual(expected.trace);
  expect(found.run.end, where).toBe(expected.run.end);
  expect(found.run.lives, where).toEqual(expected.run.lives);
  expect(sameContent(found.run.state.flash, expected.run.state.flash), where).toBe(true);
  return expected;
}

function traced(
  { migration, config, state, isProtected }: Device,
  programOf: (config: RepartitionerConfig) => Program,
  cut: Cut | undefined,
): Traced {
  const trace: string[] = [];
  const setup: DeviceSetup = {
    chip: esp32,
    tableOffset: TABLE,
    bootloader: migration.bootloader,
    images: allImages(migration),
    isProtected,
    limits,
    programs: {
      firmware: idle,
      micropython: micropython(),
      repartitioner: () => {
        trace.push("start");
        return recorded(programOf(config), trace);
      },
    },
  };
  return { run: runDevice(setup, state, { cut, record: { states: true } }), trace };
}

/** A firmware that has what it wants. */
function* idle(): Program {}

function* recorded(program: Program, trace: string[]): Program {
  let step = program.next();
  while (!step.done) {
    const line = lineOf(step.value);
    if (line) trace.push(line);
    step = program.next(yield step.value);
  }
}

function lineOf(effect: Effect): string | undefined {
  switch (effect.kind) {
    case "write":
      return `write ${hex(effect.offset)} ${effect.bytes.length} ${sumOf(effect.bytes)}`;
    case "erase":
      return `erase ${hex(effect.offset)} ${hex(effect.size)}`;
    case "log":
      return effect.line;
    case "wait":
      return `wait ${effect.milliseconds}`;
    case "fetch-open":
      return `fetch-open ${effect.image} ${effect.from}`;
    case "fetch-read":
      return `fetch-read ${effect.size}`;
    case "connect":
    case "fetch-close":
    case "restart":
      return effect.kind;
    case "read":
    case "running":
    case "protected":
    case "is-blank":
    case "is-equal":
    case "sha256":
    case "image":
      return undefined;
  }
}

/** FNV-1a: enough to tell bytes apart that nobody made to look alike. */
const sumOf = (bytes: Uint8Array): string =>
  hex(bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5));
