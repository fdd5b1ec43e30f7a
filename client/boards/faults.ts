import type { BoardFault } from "../../device/flasher/fault";

/** A failure of a board or its port; told by its name, because its class is the one of another bundle. */
export const asFault = (error: unknown): BoardFault | undefined => (isFault(error) ? error : undefined);

const isFault = (error: unknown): error is BoardFault =>
  error instanceof Error && error.name === "BoardFault" && "kind" in error;

/** What to say of any failure. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
