import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Io } from "../io";
import { tell } from "../tell";
import { readFirmware } from "./firmwareFiles";
import { landsInside } from "./landing";
import { readFile, readStandardInput } from "./readFile";
import { stateFolder } from "./stateFolder";
import { ask, ERR, IN, interrupted, isTerminal, keys, OUT } from "./terminal";
import { isGone, writeAll, writeFile } from "./writeFile";
import { writeFiles } from "./writeFiles";

/** The world of a real process. With `Io` this folder is all that knows `node:fs` and `process`. */
export const processIo: Io = {
  environment: process.env as Record<string, string>,
  version,
  colours: (stream) => isWatched(stream) && !process.env.NO_COLOR,
  out: (text) => writeAll(OUT, text),
  err: (text) => writeAll(ERR, text),
  read: async (path, limit) => (path === "-" ? readStandardInput(limit) : readFile(path, limit)),
  write: (path, bytes) => writeFile(path, bytes),
  writeFiles,
  absolute: (path) => slashes(resolve(path)),
  exists: existsSync,
  isSameFile,
  landsInside,
  async boards() {
    const device = await import("../../device/index");
    return { ...device, ports: device.boardPorts({ stateFolder: stateFolder() }) };
  },
  fleet: () => import("../../device/fleet/index"),
  async serving() {
    const serving = await import("../../device/otaServer/index");
    return { ...serving, stateFolder: stateFolder(), clock: Date.now };
  },
  rehearsing: () => import("../../device/rehearsal/index"),
  firmware: () => readFirmware(__dirname),
  interrupted,
  ask,
  isWatched,
  hasReader: () => !isGone(OUT),
  keys,
  now: () => performance.now(),
  pause,
};

export const processArguments: readonly string[] = process.argv.slice(2);

/** Lets the process end by itself, so that nothing that is still to be written is lost. */
export function exitWith(code: number): void {
  process.exitCode = code;
}

/** A fault of Crossflash itself: not 1, which would say that the files are wrong. */
export function exitWithBug(error: unknown): void {
  const trace = error instanceof Error ? error.stack : String(error);
  tell(processIo, "err", [
    "crossflash: This is a fault in Crossflash itself; please report it with this text.",
    ...String(trace).split("\n"),
  ]);
  exitWith(2);
}

/** The manifest lies as far above the bundle as above this source file. */
function version(): string {
  return JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")).version;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

function slashes(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

function isWatched(stream: "in" | "out" | "err"): boolean {
  return isTerminal({ in: IN, out: OUT, err: ERR }[stream]);
}

function isSameFile(a: string, b: string): boolean {
  if (resolve(a) === resolve(b)) return true;
  try {
    const [one, other] = [statSync(a, { bigint: true }), statSync(b, { bigint: true })];
    return one.ino === other.ino && one.dev === other.dev;
  } catch {
    // One of them is not there, or cannot be got at, which reading or writing it will say.
    return false;
  }
}
