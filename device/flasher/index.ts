import { realClock } from "./clock";
import { connectWith } from "./connect";

export type { ConnectOptions } from "./connectOptions";
export { DEFAULT_BAUD_RATE } from "./connectOptions";

/** Resets the board into its loader, identifies it and starts Espressif's stub. Failures are `BoardFault`s. */
export const connectBoard = connectWith(realClock);
