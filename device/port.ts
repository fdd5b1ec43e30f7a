import type { ReadableStream, WritableStream } from "node:stream/web";

/**
 * A serial port as Web Serial shapes it: what the flasher speaks through, whether the board hangs on a cable, lives in
 * this process or is reached by a browser. Every `open` gives fresh streams; both are null while the port is closed.
 */
export interface BoardPort {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  /** Rejects where the port is gone, busy or forbidden. */
  open(options: { readonly baudRate: number; readonly bufferSize?: number }): Promise<void>;
  /** May be called again and again, and settles although nobody answers. */
  close(): Promise<void>;
  /** Lines that are not named stay as they are. On a board RTS pulls the reset pin and DTR pulls IO0, both inverted. */
  setSignals(signals: PortSignals): Promise<void>;
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number };
  /** Changes the rate of an open port in place, in bits per second. */
  setBaudRate?(baudRate: number): Promise<void>;
}

export interface PortSignals {
  readonly dataTerminalReady?: boolean;
  readonly requestToSend?: boolean;
}
