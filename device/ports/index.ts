import type { BoardPort } from "../port";

/** A port that a board may hang on. */
export interface PortInfo {
  /** What `--port` takes: `/dev/ttyUSB0`, `COM3`, `virtual` or `virtual:name`. */
  readonly path: string;
  readonly kind: "serial" | "virtual";
  /** For people: `CP2102 USB to UART Bridge Controller`, `Virtual Board`. */
  readonly description: string;
  readonly usbVendorId?: number | undefined;
  readonly usbProductId?: number | undefined;
  /** Of the USB bridge, not of the board. */
  readonly serialNumber?: string | undefined;
}

/** Serial ports that can have a board behind them, in the order of their names; then the virtual boards. */
export async function listPorts(): Promise<readonly PortInfo[]> {
  throw new Error("under construction");
}

/** A closed port. Opening it may fail with a `BoardFault` that says which process holds it, or what right is missing. */
export async function boardPort(_path: string): Promise<BoardPort> {
  throw new Error("under construction");
}
