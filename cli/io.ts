import type { Result } from "../core/result";
import type { BoardPorts } from "../device/ports";

/** What talks to boards: a bundle of its own, because most commands never do. */
export type Device = typeof import("../device/index");

export interface Boards extends Device {
  /** Of this machine. */
  readonly ports: BoardPorts;
}

/** What serves images: another bundle of its own. */
type OtaServing = typeof import("../device/otaServer/index");

/** What speaks to fleet servers: one more. */
export type FleetClient = typeof import("../device/fleet/index");

/** What rehearses migrations on boards: another one. */
export type Rehearsing = typeof import("../device/rehearsal/index");

export interface Serving extends OtaServing {
  /** Where the certificate authority of this machine is kept. */
  readonly stateFolder: string;
  /** Milliseconds of the clock on the wall. */
  clock(): number;
}

/** Standard input where a file is read, standard output where one is written. */
export const STANDARD_STREAM = "-";

export type ReadFault = "unreadable" | "too-large";
export type WriteFault = "unwritable";

/** A file to be written. */
export interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Everything a command may do to the world; the real one is `host/processIo.ts`, tests have their own.
 * Paths are as the user wrote them, or absolute with `/`; the messages of failures are whole sentences with the path.
 */
export interface Io {
  readonly environment: Readonly<Record<string, string>>;
  /** Of Crossflash, such as `0.1.0`. */
  version(): string;
  /** Whether what is written there may be coloured: a terminal, and no NO_COLOR. */
  colours(stream: "out" | "err"): boolean;
  out(text: string): void;
  err(text: string): void;
  /** Refuses files of more than `limit` bytes without reading them. */
  read(path: string, limit: number): Promise<Result<Uint8Array, ReadFault>>;
  /** Replaces the file as a whole or leaves it as it was. */
  write(path: string, bytes: Uint8Array): Result<undefined, WriteFault>;
  /** The same with several files, all of them or none, and the folders that they need. */
  writeFiles(files: readonly NewFile[]): Result<undefined, WriteFault>;
  /** Seen from the folder in which the command was started; with `/` on every system. */
  absolute(path: string): string;
  exists(path: string): boolean;
  /** Also true when two names lead to one file. */
  isSameFile(a: string, b: string): boolean;
  /** Whether what is written to the path ends up in the folder, with all symbolic links of both followed. */
  landsInside(folder: string, path: string): boolean;
  /** Loads what talks to boards, on first use. */
  boards(): Promise<Boards>;
  /** Loads what serves images, on first use. */
  serving(): Promise<Serving>;
  /** Loads what rehearses migrations, on first use. */
  rehearsing(): Promise<Rehearsing>;
  /** Loads what speaks to fleet servers, on first use. */
  fleet(): Promise<FleetClient>;
  /** The sources of the repartitioner, by their paths in `firmware/`; none where Crossflash is not whole. */
  firmware(): ReadonlyMap<string, string>;
  /** Aborted by Ctrl-C, which ends nothing by itself from the first call on; a second one does. */
  interrupted(): AbortSignal;
  /** What the user answers on the terminal; undefined where there is none to ask on, or at Ctrl-C. */
  ask(question: string): Promise<string | undefined>;
  /** Whether somebody sits at the other end: a terminal. */
  isWatched(stream: "in" | "out" | "err"): boolean;
  /** False once who read standard output has gone, as `head` does when it has enough. */
  hasReader(): boolean;
  /** Hears every key of the terminal, Ctrl-C too, which ends nothing then; the terminal shows none of them. */
  keys(hear: (keys: string) => void, until: AbortSignal): void;
  /** Milliseconds that only grow. */
  now(): number;
  /** Settles after so many milliseconds, or as soon as the signal is aborted; until then the process does not end. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}
