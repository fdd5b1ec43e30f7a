import type { Extent } from "../../migrate/solve/spaces";
import type { Answer, Effect } from "../effect";

/**
 * What ROM and bootloader ask besides what apps ask: whether an image can be started. Answered with the line of log that
 * says why not, empty where it can. `chipId` undefined: whichever chip it names.
 */
export interface VerifyEffect extends Extent {
  readonly kind: "verify";
  readonly chipId: number | undefined;
}

/** Power can fail between any two effects of a start, too. */
export type BootTask<T> = Generator<Effect | VerifyEffect, T, Answer>;

export function* verify({ offset, size }: Extent, chipId: number | undefined): BootTask<string> {
  return (yield { kind: "verify", offset, size, chipId }) as string;
}
