import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { ReadableStreamDefaultReader, WritableStreamDefaultWriter } from "node:stream/web";
import { setImmediate as turn } from "node:timers/promises";
import type { BoardPort } from "../port";
import { USB_SERIAL_JTAG } from "../usbIds";
import { NO_RATE } from "./noise";
import { startPtyHelper } from "./ptyHelper";

/** A virtual board that other programs of this machine can talk to. */
export interface BoardOnPty {
  /** Such as `/dev/pts/7`. */
  readonly path: string;
  /** Settles when the board can no longer be reached, also without `close`. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Puts a board on a pseudo-terminal of Linux or macOS. There are no reset lines, so it waits in its loader; and no rates,
 * so it understands every one. The port is in use until it is closed. Fails with a `BoardFault`.
 */
export const onPty = async (port: BoardPort): Promise<BoardOnPty> => {
  const helper = await startPtyHelper();
  const close = async (): Promise<void> => {
    helper.process.stdin.end();
    await port.close();
    await helper.ended;
  };
  try {
    await port.open({ baudRate: NO_RATE });
    await intoLoader(port);
    const { readable, writable } = port;
    if (!readable || !writable) throw new TypeError("An open port has streams");
    void toClient(readable.getReader(), helper.process.stdin).then(close, close);
    void toBoard(helper.process.stdout, writable.getWriter()).then(close, close);
  } catch (error) {
    await close();
    throw error;
  }
  return { path: helper.path, closed: helper.ended, close };
};

/** DTR and RTS, one after the other, for either circuit. */
const THROUGH_BRIDGE: readonly LineStep[] = [
  [false, true],
  [true, false],
  [false, false],
];
const THROUGH_USB_JTAG: readonly LineStep[] = [
  [false, false],
  [true, false],
  [true, true],
  [false, true],
  [false, false],
];

type LineStep = readonly [dataTerminalReady: boolean, requestToSend: boolean];

const intoLoader = async (port: BoardPort): Promise<void> => {
  const steps =
    port.getInfo().usbProductId === USB_SERIAL_JTAG.usbProductId ? THROUGH_USB_JTAG : THROUGH_BRIDGE;
  for (const [dataTerminalReady, requestToSend] of steps) {
    await port.setSignals({ dataTerminalReady, requestToSend });
    // The reset pin rises slowly.
    await turn();
  }
};

const toClient = async (board: ReadableStreamDefaultReader<Uint8Array>, client: Writable): Promise<void> => {
  for (let piece = await board.read(); !piece.done; piece = await board.read())
    if (!client.write(piece.value)) await once(client, "drain");
};

const toBoard = async (client: Readable, board: WritableStreamDefaultWriter<Uint8Array>): Promise<void> => {
  board.closed.catch(() => undefined);
  for await (const bytes of client) await board.write(bytes);
};
