import type { Board } from "../../device/flasher/board";
import { isFault } from "../../device/flasher/fault";
import type { BoardPorts, PortInfo } from "../../device/ports";
import type { Boards, Io } from "../io";
import { Stop } from "./stop";

export interface BoardRequest {
  readonly port?: string | undefined;
  /** The board that is meant. */
  readonly mac?: string | undefined;
  /** Bits per second. */
  readonly baud?: number | undefined;
}

/** Connects the board, which resets it, and lets go of it however the work ends. */
export async function withBoard<T>(
  request: BoardRequest,
  io: Io,
  work: (board: Board, boards: Boards, path: string) => Promise<T>,
): Promise<T> {
  const boards = await io.boards();
  const path = await portPath(request.port, boards.ports);
  const board = await boards.connectBoard(await boards.ports.port(path), {
    baudRate: request.baud,
    signal: io.interrupted(),
  });
  try {
    checkMac(board, path, request.mac);
    const result = await work(board, boards, path);
    await board.close();
    await boards.ports.save();
    return result;
  } catch (error) {
    if (nothingChanged(error)) await letRun(board);
    throw error;
  } finally {
    await board.close();
  }
}

/** A board that was only looked at goes on with what it did; one that was half written waits for its rest. */
const nothingChanged = (error: unknown): boolean =>
  error instanceof Stop ||
  (isFault(error) &&
    (error.kind === "cancelled" || error.kind === "refused") &&
    error.outcomes.every(({ status }) => status === "untouched"));

/** A port is no name of a board: another one may hang on it by now. */
function checkMac({ identity }: Board, path: string, wanted: string | undefined): void {
  if (wanted === undefined || wanted === identity.mac.toLowerCase()) return;
  throw new Stop(
    1,
    `The board on ${path} is ${identity.chip.name} ${identity.mac}, but ${wanted} is meant. Nothing was written. Connect the board that is meant, or choose its port with --port.`,
  );
}

/** Starts a board on which nothing was changed; where it does not take the reset, that is not what the user asked for. */
export const letRun = (board: Board): Promise<void> => board.restart().catch(() => undefined);

/** The port that the command line names, or the only one there is. */
export const portPath = async (given: string | undefined, ports: BoardPorts): Promise<string> =>
  given ?? onlyPort(await ports.list());

/** Chosen by itself only where there is no choice; nobody means a virtual board without saying so. */
function onlyPort(ports: readonly PortInfo[]): string {
  const serial = ports.filter(({ kind }) => kind === "serial");
  const [only, ...others] = serial;
  if (only && others.length === 0) return only.path;
  if (!only)
    throw new Stop(
      2,
      "No serial port was found. Connect a board, or use '--port virtual' to try without one.",
    );
  const listed = serial.map(({ path, description }) => `${path} (${description})`).join(", ");
  throw new Stop(2, `There are several ports: ${listed}. Choose one with --port PORT.`);
}
