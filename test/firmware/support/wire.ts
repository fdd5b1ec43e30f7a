import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readSync, unlinkSync, writeSync } from "node:fs";

/** What the driver says, as `firmware/host_test/driver/wire.h` has it. */
export const Op = {
  read: 1,
  write: 2,
  erase: 3,
  running: 4,
  protected: 5,
  connect: 6,
  open: 7,
  receive: 8,
  close: 9,
  log: 10,
  wait: 11,
  restart: 12,
  result: 13,
} as const;

export const AnswerKind = { ok: 0, failed: 1, abandon: 2 } as const;

/** A question of the driver, or what a command has come to. */
export interface Frame {
  readonly op: number;
  readonly a: number;
  readonly b: number;
  readonly bytes: Uint8Array;
}

const FRAME_SIZE = 13;

/** A named pipe whose two ends are open, so that reading ends when the other side is gone. */
export function openPipe(path: string): { readonly reader: number; readonly writer: number } {
  execFileSync("mkfifo", [path]);
  // Opening one end alone would wait for the other one.
  const both = openSync(path, constants.O_RDWR);
  const reader = openSync(path, constants.O_RDONLY);
  const writer = openSync(path, constants.O_WRONLY);
  closeSync(both);
  unlinkSync(path);
  return { reader, writer };
}

/** Undefined where the other side has gone. */
export function readFrame(fd: number): Frame | undefined {
  const head = readWhole(fd, FRAME_SIZE);
  if (!head) return undefined;
  const view = new DataView(head.buffer);
  const bytes = readWhole(fd, view.getUint32(9, true));
  return bytes && { op: view.getUint8(0), a: view.getUint32(1, true), b: view.getUint32(5, true), bytes };
}

function readWhole(fd: number, size: number): Uint8Array | undefined {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const got = readSync(fd, bytes, at, size - at, null);
    if (got === 0) return undefined;
    at += got;
  }
  return bytes;
}

export function writeAnswer(fd: number, kind: number, bytes: Uint8Array): void {
  const answer = new Uint8Array(5 + bytes.length);
  answer[0] = kind;
  new DataView(answer.buffer).setUint32(1, bytes.length, true);
  answer.set(bytes, 5);
  writeAll(fd, answer);
}

export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
