/** A UART still reads bytes when the rates are this far apart. */
const TOLERANCE = 0.03;
const NOISE = 0xa5;

/** The host's end is no UART: bytes arrive whatever the chip's rate is. */
export const NO_RATE = Number.POSITIVE_INFINITY;

/** What arrives where the two ends of a UART have different rates; an end that has none yet takes the other's. */
export const noiseBetween = (left: number | undefined, right: number, bytes: Uint8Array): Uint8Array =>
  left === undefined || right === NO_RATE || Math.abs(left - right) <= right * TOLERANCE
    ? bytes
    : bytes.map((byte) => byte ^ NOISE);
