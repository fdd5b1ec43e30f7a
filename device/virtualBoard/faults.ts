import type { ChipId } from "../../core/chip/targets";
import { concat } from "../bytes";
import type { Direction } from "./wire";

/** What can go wrong on a desk, as data. Positions count all bytes of one direction since the board was made. */
export type Fault = LineFault | FlashFault | ResetFault;

/** Something that happens to the bytes on the line from `at` on. */
export type LineFault =
  /** `count` bytes do not arrive; with Infinity nobody answers, or nobody listens, any more. */
  | { readonly kind: "drop"; readonly direction: Direction; readonly at: number; readonly count?: number }
  /** `count` bytes arrive with other bits. */
  | { readonly kind: "corrupt"; readonly direction: Direction; readonly at: number; readonly count?: number }
  /** The board's bytes from `at` on arrive only when the host sends something again: later than it waited. */
  | {
      readonly kind: "delay";
      readonly direction: "down";
      readonly at: number;
      readonly milliseconds?: number;
    }
  /** The cable is pulled in front of this byte; `plugIn` puts it back. */
  | { readonly kind: "disconnect"; readonly direction: Direction; readonly at: number }
  /** The board resets by itself in front of this byte, as from a dip of its supply, and boots. */
  | { readonly kind: "reset"; readonly direction: Direction; readonly at: number };

/** Writes and erases of this region are acknowledged, but change nothing. */
export interface FlashFault {
  readonly kind: "stuck";
  readonly offset: number;
  readonly size: number;
}

/** From the n-th reset on (the first is 1) another board answers on the same port. */
export interface ResetFault {
  readonly kind: "other-board";
  readonly atReset: number;
  readonly chip?: ChipId;
  readonly mac?: string;
}

/** What becomes of bytes that were sent. */
export type LineEvent =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "disconnect" | "reset" }
  | { readonly kind: "delay"; readonly milliseconds: number };

const CORRUPTION = 0x5a;

/** Gives the faults of one direction to the bytes that are sent in it, one piece after another. */
export const faultyLine = (faults: readonly Fault[], direction: Direction) => {
  const own = faults.filter(
    (fault): fault is LineFault => "direction" in fault && fault.direction === direction,
  );
  let position = 0;
  return (sent: Uint8Array): readonly LineEvent[] => {
    const start = position;
    position += sent.length;
    return own.some((fault) => touches(fault, start, position))
      ? eventsOf(own, sent, start)
      : [{ kind: "bytes", bytes: sent }];
  };
};

const touches = (fault: LineFault, start: number, end: number): boolean =>
  fault.at < end && fault.at + lengthOf(fault) > start;

const lengthOf = (fault: LineFault): number => ("count" in fault ? (fault.count ?? 1) : 1);

const eventsOf = (faults: readonly LineFault[], sent: Uint8Array, start: number): readonly LineEvent[] => {
  const events: LineEvent[] = [];
  for (const [index, byte] of sent.entries()) {
    const here = faults.filter((fault) => touches(fault, start + index, start + index + 1));
    for (const fault of here) if (isInterruption(fault)) events.push(interruption(fault));
    if (here.some(({ kind }) => kind === "drop")) continue;
    const spoilt = here.some(({ kind }) => kind === "corrupt");
    events.push({ kind: "bytes", bytes: Uint8Array.of(spoilt ? byte ^ CORRUPTION : byte) });
  }
  return joined(events);
};

type Interruption = Exclude<LineFault, { kind: "drop" | "corrupt" }>;

const isInterruption = (fault: LineFault): fault is Interruption =>
  fault.kind !== "drop" && fault.kind !== "corrupt";

const interruption = (fault: Interruption): LineEvent =>
  fault.kind === "delay" ? { kind: "delay", milliseconds: fault.milliseconds ?? 0 } : { kind: fault.kind };

/** Neighbouring bytes become one piece again. */
const joined = (events: readonly LineEvent[]): readonly LineEvent[] => {
  const pieces: LineEvent[] = [];
  let run: Uint8Array[] = [];
  const flush = () => {
    if (run.length > 0) pieces.push({ kind: "bytes", bytes: concat(run) });
    run = [];
  };
  for (const event of events) {
    if (event.kind === "bytes") run.push(event.bytes);
    else {
      flush();
      pieces.push(event);
    }
  }
  flush();
  return pieces;
};
