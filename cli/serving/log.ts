import { type LogFrame, logJson, logText } from "../../core/delivery/exportLog";
import type { DeviceStore } from "../../device/otaServer/deviceStore";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { readableJson } from "../report/jsonText";
import { styled } from "../report/line";
import { tell } from "../tell";

/** The log of all devices as a file: as a whole each time, so that it can be read at any moment. */
export interface LogFile {
  /** Where it is: another file than the one that was asked for where that is there already. */
  readonly path: string;
  /** Settles when the signal is aborted and the last state is written; until then it is written now and then. */
  keep(until: AbortSignal): Promise<void>;
}

type LogIo = Pick<Io, "write" | "exists" | "pause" | "now" | "out" | "err" | "colours">;

/** Milliseconds between two writes, at least. */
const INTERVAL = 5000;
/** A log of thousands of devices takes a while to write, in which nobody is served: that may be so much of the time. */
const LEAST_REST = 20;

export function logFile(
  wanted: string,
  store: DeviceStore,
  served: readonly string[],
  clock: () => number,
  io: LogIo,
): LogFile {
  const path = freePath(wanted, io);
  let before: string | undefined;
  /** What keeps it from being written, as a sentence. */
  const write = (): string | undefined => {
    const devices = store.devices();
    const state = devices.map(({ id, lastSeen }) => `${id} ${lastSeen}`).join();
    if (state === before) return undefined;
    const frame: LogFrame = { served, now: clock(), stamp };
    const text = path.endsWith(".json") ? readableJson(logJson(devices, frame)) : logText(devices, frame);
    const written = io.write(path, new TextEncoder().encode(text));
    if (!written.ok) return written.message;
    before = state;
    return undefined;
  };
  const first = write();
  if (first !== undefined) throw new Stop(2, first);
  return {
    path,
    async keep(until) {
      let told: string | undefined;
      let rest = INTERVAL;
      while (!until.aborted) {
        await io.pause(rest, until);
        const begun = io.now();
        const fault = write();
        rest = Math.max(INTERVAL, LEAST_REST * (io.now() - begun));
        // A disk that is full must not end what devices are in the middle of.
        if (fault !== undefined && fault !== told)
          tell(io, "err", [
            [styled("warning", "warning:"), ` ${fault} The devices are served all the same.`],
          ]);
        told = fault;
      }
    },
  };
}

/** The log of an earlier server is what is left of it: it is kept, and the next one goes beside it. */
function freePath(wanted: string, io: LogIo): string {
  const [, stem = wanted, ending = ""] = /^(.*[^/\\])(\.[^./\\]+)$/.exec(wanted) ?? [];
  let path = wanted;
  for (let number = 2; io.exists(path); number++) path = `${stem}-${number}${ending}`;
  return path;
}

export const stamp = (at: number): string => new Date(at).toISOString();
