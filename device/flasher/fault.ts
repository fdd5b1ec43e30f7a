import type { RegionOutcome } from "./outcome";

/**
 * Why something could not be done with a board or its port.
 * `busy`, `forbidden`, `gone`: the port cannot be opened; `no-answer`: nobody answers on it; `lost`: the cable was pulled
 * or the port closed under us; `interrupted`: the board was reset or the line is too bad; `other-board`: another board
 * answers than the one that was shown; `refused`: the board or the chip cannot do it; `not-verified`: flash does not
 * keep what is written; `cancelled`: the user stopped it.
 */
export type BoardFaultKind =
  | "busy"
  | "forbidden"
  | "gone"
  | "no-answer"
  | "lost"
  | "interrupted"
  | "other-board"
  | "refused"
  | "not-verified"
  | "cancelled";

/** The message is whole sentences for the user: what happened, in what state the flash is, and what to do. */
export class BoardFault extends Error {
  override readonly name = "BoardFault";
  constructor(
    readonly kind: BoardFaultKind,
    message: string,
    /** One for each region of the job that was under way; empty where none was. */
    readonly outcomes: readonly RegionOutcome[] = [],
  ) {
    super(message);
  }
}

/** Told by its name: between bundles the class is not the same. */
export const isFault = (error: unknown): error is BoardFault =>
  error instanceof Error && error.name === "BoardFault" && "kind" in error;
