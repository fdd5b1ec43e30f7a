import type { BoardFault } from "../../device/flasher/fault";
import type { ExitCode } from "../command";

/** Ends a command on boards with a message for the user. */
export class Stop extends Error {
  constructor(
    readonly code: Exclude<ExitCode, 0>,
    message: string,
  ) {
    super(message);
  }
}

/** A board that is not the right one, or does not keep what is written, is a finding; the others could not be asked. */
export const faultCode = ({ kind }: BoardFault): ExitCode =>
  kind === "not-verified" || kind === "other-board" ? 1 : 2;
