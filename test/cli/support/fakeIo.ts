import { crossflash } from "../../../cli/crossflash";
import { readFirmware } from "../../../cli/host/firmwareFiles";
import type { Io } from "../../../cli/io";
import type { LocalAddress } from "../../../core/delivery/interfaces";
import { failure, success } from "../../../core/result";
import type { BoardPorts } from "../../../device/ports";
import { turn } from "../../device/support/protocolClient";
import { deskWith, flasher } from "./desk";

/** What a command finds: files by path, and what comes in on standard input (path `-`). */
export interface World {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly colours?: boolean;
  /** The boards on the desk; none unless told otherwise. */
  readonly ports?: BoardPorts;
  /** What the user answers to every question; nobody is there unless told otherwise. */
  readonly answer?: string | (() => string);
  /** Hears what is written to standard error as it comes. */
  readonly onErr?: (text: string) => void;
  /** Whether somebody watches standard error. */
  readonly watched?: boolean;
  /** What is typed at each prompt of a board; nobody sits at the terminal unless told otherwise. */
  readonly typed?: readonly string[];
  /** Who reads standard output has enough with the first text. */
  readonly readerLeaves?: boolean;
  /** Those of this machine; itself alone unless told otherwise. */
  readonly addresses?: readonly LocalAddress[];
  /** Where the machine keeps what it remembers. */
  readonly stateFolder?: string;
  /** Hears what is written to standard output as it comes. */
  readonly onOut?: (text: string) => void;
  /** Pressing Ctrl-C. */
  readonly interrupted?: AbortSignal;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Every question that the user was asked. */
  readonly asked: string;
  /** What was written, by path; standard output for bytes is `-`. */
  readonly written: ReadonlyMap<string, Uint8Array>;
}

/** A pause in which everything happens that is due, and one that nobody waits for, in milliseconds. */
const TURNS = 10;
const LONG = 1e6;

const directory = "/project";
const loopback: LocalAddress = { name: "lo", address: "127.0.0.1", isInternal: true };

/** Runs a command line in this process, in a world without a file system. */
export async function run(argv: readonly string[], world: World = {}): Promise<Outcome> {
  const written = new Map<string, Uint8Array>();
  const text = { out: "", err: "", asked: "" };
  const code = await crossflash(argv, fakeIo(world, written, text));
  return { code, ...text, written };
}

function fakeIo(
  world: World,
  written: Map<string, Uint8Array>,
  text: { out: string; err: string; asked: string },
): Io {
  const absolute = (path: string) =>
    path.startsWith("/") ? path : path === "." ? directory : `${directory}/${path}`;
  const files = new Map(
    Object.entries(world.files ?? {}).map(([path, content]) => [absolute(path), bytesOf(content)]),
  );
  let press: ((keys: string) => void) | undefined;
  const typed = [...(world.typed ?? [])];
  const answerPrompt = (): void => {
    const keys = press && text.out.endsWith(">>> ") ? typed.shift() : undefined;
    if (keys !== undefined) press?.(keys);
  };
  return {
    environment: world.environment ?? {},
    version: () => "1.2.3",
    colours: () => world.colours ?? false,
    out: (more) => {
      text.out += more;
      world.onOut?.(more);
      answerPrompt();
    },
    err: (more) => {
      text.err += more;
      world.onErr?.(more);
    },
    read: async (path, limit) => {
      const bytes = files.get(absolute(path));
      if (!bytes) return failure("unreadable", 0, `Cannot read '${path}': there is no such file or folder.`);
      return bytes.length > limit ? failure("too-large", limit, `'${path}' is too large.`) : success(bytes);
    },
    write: (path, bytes) => {
      written.set(path, bytes);
      return success(undefined);
    },
    writeFiles: (files) => {
      for (const { path, bytes } of files) written.set(path, bytes);
      return success(undefined);
    },
    absolute,
    exists: (path) => files.has(absolute(path)),
    isSameFile: (a, b) => absolute(a) === absolute(b),
    landsInside: () => true,
    boards: async () => ({ ...(await flasher()), ports: world.ports ?? deskWith({}) }),
    rehearsing: () => import("../../../device/rehearsal/index"),
    fleet: () => import("../../../device/fleet/index"),
    serving: async () => ({
      ...(await import("../../../device/otaServer/index")),
      localAddresses: () => world.addresses ?? [loopback],
      stateFolder: world.stateFolder ?? "",
      clock: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    }),
    firmware: () => readFirmware(`${process.cwd()}/cli/host`),
    interrupted: () => world.interrupted ?? new AbortController().signal,
    ask: async (question) => {
      text.asked += question;
      return typeof world.answer === "function" ? world.answer() : world.answer;
    },
    isWatched: (stream) => (stream === "err" ? world.watched : world.typed !== undefined) ?? false,
    hasReader: () => !(world.readerLeaves && text.out !== ""),
    keys: (hear) => {
      press = hear;
      answerPrompt();
    },
    now: () => performance.now(),
    pause: async (milliseconds, signal) => {
      if (milliseconds > LONG) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      else for (let turns = 0; turns < TURNS; turns++) await turn();
    },
  };
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === "string" ? new TextEncoder().encode(content) : content;

export const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && new TextDecoder().decode(bytes);
