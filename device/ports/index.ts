import type { BoardPort } from "../port";
import { nativeDriver, type SerialDriver } from "../serialNode/driver";
import type { VirtualBoard } from "../virtualBoard/board";
import { serialPort, serialPorts } from "./serialPorts";
import { virtualBoards } from "./virtualBoards";
import { isVirtual } from "./virtualName";

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

/** All ports that this process can reach a board through. */
export interface BoardPorts {
  /** Serial ports that can have a board behind them, in the order of their names; then the virtual boards. */
  list(): Promise<readonly PortInfo[]>;
  /**
   * A closed port. A virtual path is always the same live board; a `BoardFault` where there can be none. Opening it may
   * fail with a `BoardFault` that says which process holds it, or what right is missing.
   */
  port(path: string): Promise<BoardPort>;
  /** The live board of a virtual path that `port` was asked for before. */
  virtualBoard(path: string): VirtualBoard | undefined;
  /** Keeps the flash of the virtual boards for the next process; closing their ports does so too, without a word. */
  save(): Promise<void>;
}

export interface BoardPortsOptions {
  /** Where the flash of virtual boards is kept; without it they forget everything with the process. */
  readonly stateFolder?: string | undefined;
  /** The serial ports of this machine, unless told otherwise. */
  readonly driver?: SerialDriver | undefined;
}

export const boardPorts = ({ stateFolder, driver = nativeDriver }: BoardPortsOptions = {}): BoardPorts => {
  const virtual = virtualBoards(stateFolder);
  return {
    list: async () => [...(await serialPorts(driver)), ...(await virtual.list())],
    port: (path) => (isVirtual(path) ? virtual.port(path) : serialPort(path, driver)),
    virtualBoard: virtual.board,
    save: virtual.save,
  };
};
