import type { Random } from "./random";

/** One kind of input: how it is made, and what must be true of whatever the core says to it. */
export interface Target {
  readonly kind: string;
  /** The input of a case: text, or bytes. */
  readonly make: (random: Random) => Input;
  /** Throws where something does not hold; further choices, such as a place in the text, come from `random`. */
  readonly check: (input: Input, random: Random) => void;
}

export type Input = string | Uint8Array;

/** A target whose inputs are all of one type. */
export const textTarget = (
  kind: string,
  make: (random: Random) => string,
  check: (text: string, random: Random) => void,
): Target => ({ kind, make, check: (input, random) => check(input as string, random) });

export const bytesTarget = (
  kind: string,
  make: (random: Random) => Uint8Array,
  check: (bytes: Uint8Array, random: Random) => void,
): Target => ({ kind, make, check: (input, random) => check(input as Uint8Array, random) });
