import type { BoardIdentity } from "../../core/job/board";

export interface ConnectOptions {
  /** Bits per second to change to once the board answers at 115200; where it does not follow, slower ones are tried. */
  readonly baudRate?: number | undefined;
  /** The board that was shown to the user: any other that answers is refused, with nothing done to it. */
  readonly expected?: BoardIdentity | undefined;
  /** `reset` pulls the lines as the port's circuit needs it; `none` for a board that waits in its loader already. */
  readonly start?: "reset" | "none" | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What esptool-js has to say, a line at a time, for a log. */
  onLog?(line: string): void;
}

export const DEFAULT_BAUD_RATE = 921600;
