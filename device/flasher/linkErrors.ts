import { BoardFault } from "./fault";

/** The stream broke or was closed: nothing will ever come through it again. */
export class LostError extends Error {
  override readonly name = "LostError";
}

/** The user stopped the task. */
export class CancelledError extends Error {
  override readonly name = "CancelledError";
}

/** Silence, or an answer that cannot be right. Asking again may help. */
export class LinkError extends Error {
  override readonly name = "LinkError";
}

/** Asking again does not help. Everything else, esptool-js's own errors too, is a matter of the line. */
export const isFinal = (error: unknown): boolean =>
  error instanceof LostError || error instanceof CancelledError || error instanceof BoardFault;
