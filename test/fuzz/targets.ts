import { csvTarget } from "./csv";
import { headerTarget } from "./headers";
import { imageTarget } from "./images";
import { manifestTarget } from "./manifests";
import { randomFrom } from "./random";
import type { Input, Target } from "./target";

/** Of a hundred cases this many are of a kind. A table costs three times, a header twenty times as much as an image. */
const shares: readonly (readonly [Target, number])[] = [
  [csvTarget, 38],
  [imageTarget, 60],
  [headerTarget, 1],
  [manifestTarget, 1],
];
const schedule: readonly Target[] = shares.flatMap(([target, share]) => Array<Target>(share).fill(target));

export const kinds: readonly string[] = shares.map(([{ kind }]) => kind);

/** One input and what is asked of it; depends on nothing but the seed, the number and the kind. */
export interface FuzzCase {
  readonly kind: string;
  readonly input: Input;
  /** Throws where something does not hold. */
  readonly check: () => void;
}

/** @param only the kind of all cases; mixed where it is undefined */
export function fuzzCase(seed: number, number: number, only?: string): FuzzCase {
  const target =
    schedule.find(({ kind }) => kind === only) ?? schedule[number % schedule.length] ?? csvTarget;
  const random = randomFrom(seed, number, kinds.indexOf(target.kind));
  const input = target.make(random);
  return { kind: target.kind, input, check: () => target.check(input, random) };
}
