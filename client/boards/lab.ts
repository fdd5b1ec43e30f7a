import { type BoardIdentity, otherBoard } from "../../core/job/board";
import type { Board } from "../../device/flasher/board";
import type { FoundBoard } from "../../device/flows/flashFlow";
import type { BoardPort } from "../../device/port";
import type { PortInfo } from "../../device/ports";
import type { Device } from "../device";
import { type PortHolder, type PortTask, portTasks } from "./portTasks";

/** What the lab needs of the world around it. */
export interface LabHost {
  /** Loads what talks to boards, on first use. */
  device(): Promise<LabDevice>;
  ports(): Promise<LabPorts>;
  /** Bits per second that the user wants. */
  baudRate(): number;
  /** The name that the user gave to a board. */
  nameOf(mac: string): string | undefined;
}

export type LabDevice = Pick<Device, "connectBoard" | "findBoard">;

export interface LabPorts {
  list(): Promise<readonly PortInfo[]>;
  port(path: string): Promise<BoardPort>;
}

/** A port, and what is known of the board on it. */
export interface LabPort {
  readonly port: PortInfo;
  /** Who answered on it last; undefined while nobody has asked. */
  readonly identity: BoardIdentity | undefined;
  /** As the board was when it was looked at last; undefined where that is not known, or no longer. */
  readonly found: FoundBoard | undefined;
  readonly name: string | undefined;
  readonly task: PortTask | undefined;
}

export interface UseOptions {
  /** `Flashing Desk`. */
  readonly title: string;
  /** A short task is waited for by the next one. */
  readonly short?: boolean | undefined;
  /** Any other board that answers is refused. */
  readonly expected?: BoardIdentity | undefined;
  readonly signal?: AbortSignal | undefined;
  onLog?(line: string): void;
}

/** The boards on the desk: where they hang, what was found on them, and what is being done to them. */
export interface Lab {
  /** In the order of the ports; those of the last look. */
  ports(): readonly LabPort[];
  at(path: string): LabPort | undefined;
  /** Looks which ports there are; opens none. */
  look(): Promise<void>;
  /** Connects the board, which resets it, and lets go of it when the work is over; a board that should run must be restarted. */
  use<T>(path: string, options: UseOptions, work: BoardWork<T>): Promise<T>;
  /** Reads what runs on the board, and starts it again. */
  identify(path: string, options?: Partial<UseOptions>): Promise<FoundBoard>;
  /** What a task has found out. */
  remember(path: string, found: FoundBoard): void;
  /** What is on the board is no longer what was found; it is still the same board. */
  forget(path: string): void;
  /** The holder gives the port away while a board on it is used. */
  hold(path: string, holder: PortHolder): () => void;
  /** Calls at each change of what `ports` gives, until the function that is given back is called. */
  onChange(listener: () => void): () => void;
  /** To be called when a name was changed. */
  changed(): void;
}

export type BoardWork<T> = (board: Board, report: (share: number) => void) => Promise<T>;

export function boardLab(host: LabHost): Lab {
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const tasks = portTasks(changed);
  const known = new Map<string, Pick<LabPort, "found"> & { readonly identity: BoardIdentity }>();
  let listed: readonly PortInfo[] = [];
  let looking: Promise<void> | undefined;

  const labPort = (port: PortInfo): LabPort => {
    const { identity, found } = known.get(port.path) ?? { identity: undefined, found: undefined };
    const name = identity && host.nameOf(identity.mac);
    return { port, identity, found, name, task: tasks.taskOf(port.path) };
  };

  async function lookNow(): Promise<void> {
    const ports = await (await host.ports()).list();
    const isSame = JSON.stringify(ports) === JSON.stringify(listed);
    listed = ports;
    // Whoever plugs in a board does not say which one.
    for (const path of known.keys())
      if (!ports.some((port) => port.path === path) && !tasks.taskOf(path)) known.delete(path);
    if (!isSame) changed();
  }

  function forgetOther(path: string, { identity }: Board): void {
    const before = known.get(path);
    if (before && otherBoard(before.identity, identity) !== undefined) known.delete(path);
  }

  const lab: Lab = {
    ports: () => listed.map(labPort),
    at: (path) => lab.ports().find(({ port }) => port.path === path),
    look() {
      looking ??= lookNow().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    use: (path, options, work) =>
      tasks.run(path, options, async (report) => {
        const { connectBoard } = await host.device();
        const port = await (await host.ports()).port(path);
        const board = await connectBoard(port, { ...options, baudRate: host.baudRate() });
        try {
          forgetOther(path, board);
          return await work(board, report);
        } finally {
          await board.close();
        }
      }),
    identify: (path, options = {}) =>
      lab.use(path, { title: `Identifying the board on ${path}`, short: true, ...options }, async (board) => {
        const { findBoard } = await host.device();
        const found = await findBoard(board, { depth: "micropython", signal: options.signal });
        lab.remember(path, found);
        await startAgain(board);
        return found;
      }),
    remember(path, found) {
      known.set(path, { identity: found.identity, found });
      changed();
    },
    forget(path) {
      const board = known.get(path);
      if (!board) return;
      known.set(path, { identity: board.identity, found: undefined });
      changed();
    },
    hold: tasks.hold,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    changed,
  };
  return lab;
}

/** One that does not take the reset goes on waiting in its loader, which harms nothing. */
export const startAgain = (board: Board): Promise<void> => board.restart().catch(() => undefined);
