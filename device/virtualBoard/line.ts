import { type Fault, faultyLine } from "./faults";
import { lostDevice } from "./virtualPort";
import { type WireCounters, type WireModel, wire } from "./wire";

/** The two ends that a line joins. */
export interface LineEnds {
  toHost(bytes: Uint8Array): void;
  toBoard(bytes: Uint8Array): Promise<void>;
  /** A fault came up that is more than damaged bytes. */
  interrupted(by: "disconnect" | "reset"): void;
  /** Bits per second of the host's end. */
  baudRate(): number;
}

/** Carries bytes both ways, with their cost counted and the faults at work. */
export interface Line {
  up(bytes: Uint8Array): Promise<void>;
  down(bytes: Uint8Array): void;
  counters(): WireCounters;
}

export const faultLine = (faults: readonly Fault[], model: WireModel | undefined, ends: LineEnds): Line => {
  const cost = wire(model);
  const upFaults = faultyLine(faults, "up");
  const downFaults = faultyLine(faults, "down");
  /** Answers that come only when the host has given up waiting. */
  let late: Uint8Array[] | undefined;

  const deliverLate = (): void => {
    const answers = late ?? [];
    late = undefined;
    for (const answer of answers) ends.toHost(answer);
  };
  return {
    async up(bytes) {
      deliverLate();
      cost.carry("up", bytes.length, ends.baudRate());
      for (const event of upFaults(bytes)) {
        if (event.kind === "bytes") await ends.toBoard(event.bytes);
        else if (event.kind !== "delay") ends.interrupted(event.kind);
        if (event.kind === "disconnect") throw lostDevice();
      }
    },
    down(bytes) {
      for (const event of downFaults(bytes)) {
        if (event.kind === "bytes") {
          cost.carry("down", event.bytes.length, ends.baudRate());
          if (late) late.push(event.bytes);
          else ends.toHost(event.bytes);
        } else if (event.kind === "delay") {
          cost.wait(event.milliseconds);
          late ??= [];
        } else return ends.interrupted(event.kind);
      }
    },
    counters: cost.counters,
  };
};
