/** A UART still reads bytes when the rates are this far apart. */
const TOLERANCE = 0.03;
const NOISE = 0xa5;

/** What arrives where the two ends of a UART have different rates; an end that has none yet takes the other's. */
export const noiseBetween = (left: number | undefined, right: number, bytes: Uint8Array): Uint8Array =>
  left === undefined || Math.abs(left - right) <= right * TOLERANCE
    ? bytes
    : bytes.map((byte) => byte ^ NOISE);
