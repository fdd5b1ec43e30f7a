/** What a serial line costs. Time is counted, never waited for: the same transfer costs the same on every machine. */
export interface WireModel {
  /** Of the line, where it does not follow the port's baud rate: USB-Serial-JTAG has none. */
  readonly bitsPerSecond?: number;
  /** Milliseconds until an answer begins to arrive: the USB bridge's timer, the driver and the chip together. */
  readonly latency?: number;
}

export interface WireCounters {
  /** Bytes from the host to the board. */
  readonly up: number;
  /** Bytes from the board to the host. */
  readonly down: number;
  /** How often the board answered something that the host had sent. */
  readonly roundTrips: number;
  /** Milliseconds of virtual time. */
  readonly elapsed: number;
}

export type Direction = "up" | "down";

export interface Wire {
  carry(direction: Direction, bytes: number, baudRate: number): void;
  wait(milliseconds: number): void;
  counters(): WireCounters;
}

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

export const wire = ({ bitsPerSecond, latency = 0 }: WireModel = {}): Wire => {
  const bytes = { up: 0, down: 0 };
  let last: Direction = "down";
  let roundTrips = 0;
  let elapsed = 0;
  return {
    carry(direction, count, baudRate) {
      bytes[direction] += count;
      elapsed += (count * BITS_PER_BYTE * 1000) / (bitsPerSecond ?? baudRate);
      if (direction === "down" && last === "up") {
        roundTrips++;
        elapsed += latency;
      }
      last = direction;
    },
    wait(milliseconds) {
      elapsed += milliseconds;
    },
    counters: () => ({ ...bytes, roundTrips, elapsed }),
  };
};
