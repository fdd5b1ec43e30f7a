import { type LogFrame, logJson, logText } from "../../core/delivery/exportLog";
import type { DeviceStore } from "../../device/otaServer/deviceStore";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { readableJson } from "../report/jsonText";

/** The log of all devices as a file: as a whole each time, so that it can be read at any moment. */
export interface LogFile {
  /** Where it is: another file than the one that was asked for where that is there already. */
  readonly path: string;
  /** Settles when the signal is aborted and the last state is written; until then it is written now and then. */
  keep(until: AbortSignal): Promise<void>;
}

/** Milliseconds between two writes. */
const INTERVAL = 5000;

export function logFile(
  wanted: string,
  store: DeviceStore,
  served: readonly string[],
  clock: () => number,
  io: Io,
): LogFile {
  const path = freePath(wanted, io);
  let before = "";
  const write = (): void => {
    const frame: LogFrame = { served, now: clock(), stamp };
    const devices = store.devices();
    const text = path.endsWith(".json") ? readableJson(logJson(devices, frame)) : logText(devices, frame);
    const state = devices.map(({ id, lastSeen }) => `${id} ${lastSeen}`).join();
    if (before !== "" && state === before) return;
    before = state;
    const written = io.write(path, new TextEncoder().encode(text));
    if (!written.ok) throw new Stop(2, written.message);
  };
  write();
  return {
    path,
    async keep(until) {
      while (!until.aborted) {
        await io.pause(INTERVAL, until);
        write();
      }
    },
  };
}

/** The log of an earlier server is what is left of it: it is kept, and the next one goes beside it. */
function freePath(wanted: string, io: Io): string {
  const [, stem = wanted, ending = ""] = /^(.*[^/\\])(\.[^./\\]+)$/.exec(wanted) ?? [];
  let path = wanted;
  for (let number = 2; io.exists(path); number++) path = `${stem}-${number}${ending}`;
  return path;
}

export const stamp = (at: number): string => new Date(at).toISOString();
