import type { FetchedImage } from "../effect";
import type { Procedure } from "../report";
import type { Position } from "./position";

/**
 * One thing that is tried: with which procedure, from which slot, and what goes wrong. With the tables and the sizes of the
 * images it says all, so the same case always ends the same.
 */
export interface SimulationCase {
  readonly procedure: Procedure;
  /** Where the firmware runs at first: `ota_0`, `factory`. */
  readonly slot: string;
  /** In the order of time. */
  readonly cuts: readonly CaseCut[] | ShortLives;
  readonly faults: readonly NetworkFault[];
}

/** Power fails after so many operations, then after one more than that, then after two more, … */
export interface ShortLives {
  readonly firstLife: number;
}

/** Power fails at the operation of this number, counted from 0 over all lives of this device. */
export interface CaseCut {
  readonly operation: number;
  readonly at: Position;
  /** What a torn operation leaves behind is chosen by it. */
  readonly seed: number;
}

/** What is wrong with the server, or with Wi-Fi, and for how long. */
export interface NetworkFault {
  readonly kind: NetworkFaultKind;
  /** Byte of the file. */
  readonly at?: number | undefined;
  /** Both unless said. */
  readonly image?: FetchedImage | undefined;
  /** How many requests, or tries to connect, it spoils. */
  readonly times: number | "always";
}

export const networkFaultKinds = [
  "offline",
  "gone",
  "not-found",
  "drop",
  "stall",
  "truncate",
  "corrupt",
  "wrong-image",
  "no-range",
  "no-length",
] as const;

export type NetworkFaultKind = (typeof networkFaultKinds)[number];

/** Those that happen at a byte of the file. */
export const hasPlace = (kind: NetworkFaultKind): boolean =>
  ["drop", "stall", "truncate", "corrupt"].includes(kind);
