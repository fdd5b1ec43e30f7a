import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import type { Answer, Effect, Offer, Program, Task } from "../../../core/sim/effect";
import type { RepartitionerConfig } from "../../../core/sim/repartitioner/config";
import { concat, words, zeros } from "../../support/bytes";
import { builtDriver } from "./build";
import { runCommand } from "./command";
import { AnswerKind, type Frame, Op, openPipe, readFrame, writeAll, writeAnswer } from "./wire";

/** The C core of the repartitioner, compiled for this machine with sanitizers, in a process of its own. */
export interface Driver {
  /** From one start of a device to the next: what `repartitioner(config)` is in TypeScript. */
  readonly program: (config: RepartitionerConfig, flashSize: number) => Program;
  /** Does one thing; its questions are effects. */
  readonly task: (command: Uint8Array) => Task<Frame>;
  /** Does one thing that asks nothing. */
  readonly call: (command: Uint8Array) => Frame;
  /** Ends the process; gives its exit code, and all that it complained of. */
  readonly stop: () => Promise<{ readonly code: number | null; readonly complaints: string }>;
}

/** Milliseconds, against a hang: the first one compiles, on a machine that may have other work. */
const BUILD_TIMEOUT = 120_000;

/** A driver for the tests of a `describe`; in the end it must have nothing to complain of. */
export function useDriver(): () => Driver {
  let driver: Driver | undefined;
  beforeAll(async () => {
    driver = await startDriver();
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    if (driver) expect(await driver.stop()).toEqual({ code: 0, complaints: "" });
  });
  return () => {
    if (!driver) throw new Error("the driver has not been started");
    return driver;
  };
}

async function startDriver(): Promise<Driver> {
  const binary = await builtDriver();
  const folder = mkdtempSync(join(tmpdir(), "crossflash-"));
  const questions = openPipe(join(folder, "questions"));
  const answers = openPipe(join(folder, "answers"));
  const complaints = openSync(join(folder, "complaints"), "w");
  const child = spawn(binary, { stdio: [answers.reader, questions.writer, complaints] });
  for (const fd of [answers.reader, questions.writer, complaints]) closeSync(fd);
  const said = () => readFileSync(join(folder, "complaints"), "utf8");
  return {
    ...talkThrough(questions.reader, answers.writer, said),
    stop: async () => {
      closeSync(answers.writer);
      const code = await exitCode(child);
      closeSync(questions.reader);
      const words = said();
      rmSync(folder, { recursive: true, force: true });
      return { code, complaints: words };
    },
  };
}

const exitCode = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
};

function talkThrough(from: number, to: number, said: () => string): Omit<Driver, "stop"> {
  // Whether the driver waits for an answer that no one will give: power has failed in between.
  let isWaiting = false;
  const begin = (command: Uint8Array): void => {
    writeAll(to, isWaiting ? concat([Uint8Array.of(AnswerKind.abandon), command]) : command);
    isWaiting = false;
  };
  const next = (): Frame => {
    const frame = readFrame(from);
    if (!frame) throw new Error(`the C core has ended:\n${said()}`);
    isWaiting = frame.op !== Op.result;
    return frame;
  };
  function* task(command: Uint8Array): Task<Frame> {
    begin(command);
    for (;;) {
      const frame = next();
      if (frame.op === Op.result) return frame;
      const { kind, bytes } = answerTo(frame, yield effectOf(frame));
      isWaiting = false;
      writeAnswer(to, kind, bytes);
    }
  }
  return {
    task,
    call: (command) => {
      const step = task(command).next();
      if (!step.done) throw new Error(`the C core asked for ${step.value.kind}`);
      return step.value;
    },
    program: function* (config, flashSize) {
      yield* task(runCommand(config, flashSize));
    },
  };
}

function effectOf({ op, a, b, bytes }: Frame): Effect {
  switch (op) {
    case Op.read:
      return { kind: "read", offset: a, size: b };
    case Op.write:
      return { kind: "write", offset: a, bytes };
    case Op.erase:
      return { kind: "erase", offset: a, size: b };
    case Op.running:
      return { kind: "running" };
    case Op.protected:
      return { kind: "protected" };
    case Op.connect:
      return { kind: "connect" };
    case Op.open:
      return { kind: "fetch-open", image: a === 0 ? "repartitioner" : "micropython", from: b };
    case Op.receive:
      return { kind: "fetch-read", size: a };
    case Op.close:
      return { kind: "fetch-close" };
    case Op.log:
      return { kind: "log", line: Buffer.from(bytes).toString("latin1") };
    case Op.wait:
      return { kind: "wait", milliseconds: a };
    case Op.restart:
      return { kind: "restart" };
  }
  throw new Error(`the C core asked for ${op}`);
}

const NOTHING = new Uint8Array(0);
const ok = (bytes: Uint8Array = NOTHING) => ({ kind: AnswerKind.ok, bytes });
const failed = { kind: AnswerKind.failed, bytes: NOTHING };

function answerTo({ op }: Frame, answer: Answer): { readonly kind: number; readonly bytes: Uint8Array } {
  if (answer === false) return failed;
  if (op === Op.open || op === Op.receive) {
    if (answer === undefined) return failed;
    return ok(op === Op.open ? offerBytes(answer as Offer) : (answer as Uint8Array));
  }
  if (op === Op.running) return ok(words(answer as number));
  return ok(op === Op.read ? (answer as Uint8Array) : NOTHING);
}

const UNKNOWN = 0xffffffff;

const offerBytes = ({ status, total, start, sha256 }: Offer): Uint8Array =>
  concat([
    words(status, total ?? UNKNOWN, start),
    Uint8Array.of(sha256 === undefined ? 0 : 1),
    sha256 === undefined ? zeros(32) : new Uint8Array(Buffer.from(sha256, "hex")),
  ]);
