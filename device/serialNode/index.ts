import { settled } from "../flasher/within";
import type { BoardPort } from "../port";
import { lostDevice } from "../virtualBoard/virtualPort";
import type { Lines, ListedPort, SerialLine } from "./driver";
import { lineOpener, type OpenerOptions } from "./lineOpener";
import { type LineStreams, lineStreams } from "./lineStreams";

/** Milliseconds after which nobody waits for a driver any longer. */
const DRIVER_LIMIT = 3000;

interface OpenLine {
  readonly line: SerialLine;
  readonly streams: LineStreams;
  lines: Lines;
}

/** A port of this machine, through serialport's native part; closed at first, see `BoardPort`. */
export const serialNode = (path: string, options: OpenerOptions = {}): BoardPort => {
  const opener = lineOpener(path, options);
  let open: OpenLine | undefined;
  /** Of the opening that is under way; closing the port calls it off. */
  let opening: object | undefined;
  let closing: Promise<unknown> = Promise.resolve();

  const isOpen = (): OpenLine => {
    if (!open) throw new DOMException("The port is closed.", "InvalidStateError");
    return open;
  };
  const letGo = (line: SerialLine): void => {
    closing = settled(DRIVER_LIMIT, line.close());
  };
  const end = (reason?: DOMException): void => {
    const ended = open;
    open = undefined;
    ended?.streams.end(reason);
    if (ended) letGo(ended.line);
  };
  const take = (line: SerialLine): OpenLine => {
    const streams = lineStreams(line, () => {
      if (open?.line === line) end(lostDevice());
    });
    return { line, lines: line.lines, streams };
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
      const own = {};
      opening = own;
      try {
        await closing;
        const line = await opener.open(baudRate, () => opening === own);
        if (opening === own) open = take(line);
        else {
          letGo(line);
          throw new DOMException("The port was closed while it was opened.", "AbortError");
        }
      } finally {
        if (opening === own) opening = undefined;
      }
    },
    async close() {
      opening = undefined;
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
    getInfo: () => usbIds(opener.place()),
    async setBaudRate(baudRate) {
      const { line } = isOpen();
      await settled(DRIVER_LIMIT, line.drain());
      await line.setBaudRate(baudRate);
    },
  };
};

/** A pseudo-terminal has no lines, which is no failure: nothing hangs on them. */
const unlessNoLines = (error: unknown): void => {
  if (!/inappropriate ioctl/i.test(String(error))) throw lostDevice();
};

const usbIds = ({ vendorId, productId }: ListedPort) => ({
  ...(vendorId !== undefined && { usbVendorId: Number.parseInt(vendorId, 16) }),
  ...(productId !== undefined && { usbProductId: Number.parseInt(productId, 16) }),
});
