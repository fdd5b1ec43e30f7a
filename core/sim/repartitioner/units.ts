/** Bytes that NOR flash erases at once, the small and the large unit. */
export const SECTOR = 0x1000;
export const BLOCK = 0x10000;

/** How often an erase or an entry of otadata is tried before it counts as failed. */
export const ATTEMPTS = 3;
/** How often the table is tried without a pause; after that with pauses, and never given up. */
export const TABLE_ATTEMPTS = 10;
/** How many failures a boot takes before it restarts the device or goes back to the firmware. */
export const PATIENCE = 10;

/** Milliseconds. */
export const LONGEST_PAUSE = 300_000;
export const TABLE_PAUSE = 1_000;
/** Before a device that must not be changed, and has no way back, looks again. */
export const STOPPED_PAUSE = 3_600_000;
/** Before a restart that has changed nothing. */
export const UNCHANGED_PAUSE = 60_000;

/** The pause after so many failures in a row, in milliseconds: 1, 2, 4 … seconds, at most five minutes. */
export const pauseAfter = (failures: number): number =>
  Math.min(1_000 * 2 ** Math.min(failures - 1, 16), LONGEST_PAUSE);
