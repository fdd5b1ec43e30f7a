import { messageOf } from "../../core/text/reason";
import { BoardFault, type BoardFaultKind, isFault } from "./fault";
import { CancelledError, LostError } from "./linkErrors";

/** Why the port could not be opened, where it did not say so itself. */
export function openFault(error: unknown): BoardFault {
  if (isFault(error)) return error;
  const busy = error instanceof Error && error.name === "InvalidStateError";
  return busy
    ? new BoardFault(
        "busy",
        `The port is in use already: ${messageOf(error)} Close what uses it and try again.`,
      )
    : new BoardFault(
        "gone",
        `The port cannot be opened: ${messageOf(error)} Check the cable, then try again.`,
      );
}

/** Why no board could be connected; nothing was written so far. */
export function connectFault(error: unknown): BoardFault {
  if (error instanceof BoardFault) return error;
  if (error instanceof CancelledError) return connecting("cancelled", "Connecting was stopped.");
  if (error instanceof LostError)
    return connecting("lost", `The connection broke while the board was asked who it is: ${error.message}`);
  return connecting("no-answer", `The board answers, but not in a way that makes sense: ${messageOf(error)}`);
}

const ADVICE: Readonly<Partial<Record<BoardFaultKind, string>>> = {
  lost: " Check the cable and connect again.",
  "no-answer": " Try a slower rate, a shorter cable or another USB port.",
};

const connecting = (kind: BoardFaultKind, what: string): BoardFault =>
  new BoardFault(kind, `${what.replace(/\.?$/, ".")} Nothing was written.${ADVICE[kind] ?? ""}`);

/** `linesWork`: the port could pull the reset pin. */
export const unansweredText = (linesWork: boolean): string =>
  linesWork
    ? "No board answers on this port. Hold its BOOT button while you press RESET, then try again; check that the cable carries data and that this is the right port."
    : "No board answers on this port, which cannot reset it either. Hold the BOOT button of the board, press RESET, let go of both, then connect again without a reset.";
