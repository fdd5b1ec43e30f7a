import { setTimeout as wait } from "node:timers/promises";
import type { BoardPort } from "../port";
import { lostDevice } from "../virtualBoard/virtualPort";
import { type Lines, type ListedPort, nativeDriver, type SerialDriver, type SerialLine } from "./driver";
import { type LineStreams, lineStreams } from "./lineStreams";
import { openFault } from "./openFault";
import { returnedPort } from "./samePort";

export interface SerialNodeOptions {
  /** What was listed when the port was chosen: by this it is found again when the board comes back elsewhere. */
  readonly listed?: readonly ListedPort[] | undefined;
  readonly driver?: SerialDriver;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** A board with native USB is back on the bus within a second or two, and udev takes its time. */
const RETRIES = 20;
const RETRY_PAUSE = 250;

/** Milliseconds after which nobody waits for a driver any longer. */
const DRIVER_LIMIT = 3000;

interface OpenLine {
  readonly line: SerialLine;
  readonly streams: LineStreams;
  lines: Lines;
}

/** A port of this machine, through serialport's native part. A closed one; see `BoardPort`. */
export const serialNode = (path: string, options: SerialNodeOptions = {}): BoardPort => {
  const { listed = [], driver = nativeDriver, pause = wait } = options;
  let place: ListedPort = listed.find((port) => port.path === path) ?? { path };
  let open: OpenLine | undefined;
  let opening = false;
  let closing: Promise<unknown> = Promise.resolve();
  let wasOpen = false;

  const isOpen = (): OpenLine => {
    if (!open) throw new DOMException("The port is closed.", "InvalidStateError");
    return open;
  };
  const end = (reason?: DOMException): void => {
    const ended = open;
    open = undefined;
    ended?.streams.end(reason);
    if (ended) closing = limited(ended.line.close());
  };
  /** The way back of a board that is known: it may be gone for a while, and udev may not have given it to us yet. */
  const openAgain = async (baudRate: number, fault: Error, retries: number): Promise<SerialLine> => {
    if (retries === 0) throw fault;
    await pause(RETRY_PAUSE);
    place = returnedPort(place, listed, await driver.list().catch(() => [])) ?? place;
    return openLine(baudRate, retries - 1);
  };
  const openLine = async (baudRate: number, retries: number): Promise<SerialLine> => {
    try {
      return await driver.open(place.path, baudRate);
    } catch (error) {
      return openAgain(baudRate, await openFault(place, error, wasOpen), retries);
    }
  };
  return {
    get readable() {
      return open?.streams.readable() ?? null;
    },
    get writable() {
      return open?.streams.writable() ?? null;
    },
    async open({ baudRate }) {
      if (open || opening) throw new DOMException("The port is already open.", "InvalidStateError");
      opening = true;
      try {
        await closing;
        const line = await openLine(baudRate, wasOpen ? RETRIES : 0);
        const opened = {
          line,
          lines: line.lines,
          streams: lineStreams(line, () => {
            if (open === opened) end(lostDevice());
          }),
        };
        open = opened;
        wasOpen = true;
      } finally {
        opening = false;
      }
    },
    async close() {
      end();
      await closing;
    },
    async setSignals({ dataTerminalReady, requestToSend }) {
      const opened = isOpen();
      opened.lines = {
        dtr: dataTerminalReady ?? opened.lines.dtr,
        rts: requestToSend ?? opened.lines.rts,
      };
      await opened.line.setLines(opened.lines).catch(unlessNoLines);
    },
    getInfo: () => ({ ...usbId("usbVendorId", place.vendorId), ...usbId("usbProductId", place.productId) }),
    async setBaudRate(baudRate) {
      const { line } = isOpen();
      await limited(line.drain());
      await line.setBaudRate(baudRate);
    },
  };
};

/** A pseudo-terminal has no lines, which is no failure: nothing hangs on them. */
const unlessNoLines = (error: unknown): void => {
  if (!/inappropriate ioctl/i.test(String(error))) throw lostDevice();
};

const usbId = (name: "usbVendorId" | "usbProductId", hex: string | undefined) =>
  hex === undefined ? {} : { [name]: Number.parseInt(hex, 16) };

/** Settles, whatever the driver does. */
const limited = async (work: Promise<unknown>): Promise<void> => {
  const limit = new AbortController();
  const finished = work.catch(() => undefined).finally(() => limit.abort());
  const elapsed = wait(DRIVER_LIMIT, undefined, { signal: limit.signal, ref: false }).catch(() => undefined);
  await Promise.race([finished, elapsed]);
};
