import type { DeviceState } from "../device";
import type { Answer } from "../effect";
import type { AppKind } from "../images";

/** Who looks on while an app runs, and may end its life where what follows is known. */
export interface Watcher {
  readonly started: (app: AppKind, offset: number) => void;
  /** Every answer, before the app gets it. */
  readonly told: (answer: Answer) => void;
  readonly waits: () => void;
  /** Asked before each operation: true ends the life there, as a cut before it would. */
  readonly isKnown: (state: () => DeviceState) => boolean;
}
