import { ReadableStream, type ReadableStreamDefaultController, WritableStream } from "node:stream/web";
import type { BoardPort, PortSignals } from "../port";

/** What happens at the board's end of the cable. */
export interface PortEvents {
  /** Bytes from the host; the write is over when this is. */
  received(bytes: Uint8Array): Promise<void>;
  signalsChanged(signals: PortSignals): void;
}

export interface UsbIds {
  readonly usbVendorId: number;
  readonly usbProductId: number;
}

/** The cable: the host's port, and the board's hold on it. */
export interface VirtualPort {
  readonly port: BoardPort;
  /** Bytes to the host; nobody keeps them while the port is closed. */
  deliver(bytes: Uint8Array): void;
  /** Bits per second of the host's end. */
  baudRate(): number;
  /** Pulls the cable: streams break, and the port cannot be opened until `plugIn`. */
  unplug(): void;
  plugIn(): void;
}

interface Ends {
  readonly readable: ReadableStream<Uint8Array>;
  readonly toHost: ReadableStreamDefaultController<Uint8Array>;
}

export const lostDevice = (): DOMException => new DOMException("The device has been lost.", "NetworkError");

export const virtualPort = (ids: UsbIds, events: PortEvents): VirtualPort => {
  let rate: number | undefined;
  let plugged = true;
  let reading: Ends | undefined;
  let writing: { readonly writable: WritableStream<Uint8Array>; break(reason: unknown): void } | undefined;

  const newReadable = (): Ends => {
    let toHost: ReadableStreamDefaultController<Uint8Array> | undefined;
    const readable = new ReadableStream<Uint8Array>({
      start(controller) {
        toHost = controller;
      },
      // A port that is still open gives a fresh stream afterwards.
      cancel() {
        reading = undefined;
      },
    });
    if (!toHost) throw new TypeError("A stream starts at once");
    return { readable, toHost };
  };
  const newWritable = () => {
    let breakStream: (reason: unknown) => void = () => undefined;
    const forget = () => {
      writing = undefined;
    };
    const writable = new WritableStream<Uint8Array>({
      start(controller) {
        breakStream = (reason) => controller.error(reason);
      },
      write: (bytes) => (plugged ? events.received(bytes) : Promise.reject(lostDevice())),
      close: forget,
      abort: forget,
    });
    return { writable, break: (reason: unknown) => breakStream(reason) };
  };
  const close = (reason: DOMException | undefined): void => {
    if (reason) reading?.toHost.error(reason);
    else reading?.toHost.close();
    writing?.break(reason ?? new DOMException("The port has been closed.", "InvalidStateError"));
    reading = undefined;
    writing = undefined;
    rate = undefined;
  };

  const port: BoardPort = {
    get readable() {
      if (rate === undefined) return null;
      reading ??= newReadable();
      return reading.readable;
    },
    get writable() {
      if (rate === undefined) return null;
      writing ??= newWritable();
      return writing.writable;
    },
    async open({ baudRate }) {
      if (rate !== undefined) throw new DOMException("The port is already open.", "InvalidStateError");
      if (!plugged) throw new DOMException("Failed to open serial port.", "NetworkError");
      rate = baudRate;
      reading = newReadable();
    },
    async close() {
      if (rate !== undefined) close(undefined);
    },
    async setSignals(signals) {
      if (!plugged) throw lostDevice();
      if (rate === undefined) throw new DOMException("The port is closed.", "InvalidStateError");
      events.signalsChanged(signals);
    },
    getInfo: () => ids,
    async setBaudRate(baudRate) {
      if (rate === undefined) throw new DOMException("The port is closed.", "InvalidStateError");
      rate = baudRate;
    },
  };
  return {
    port,
    deliver: (bytes) => reading?.toHost.enqueue(bytes),
    baudRate: () => rate ?? 0,
    unplug() {
      plugged = false;
      close(lostDevice());
    },
    plugIn() {
      plugged = true;
    },
  };
};
