import { readdir } from "node:fs/promises";
import { BoardFault } from "../flasher/fault";
import { readUnix } from "./unixRead";

/** What the system's serial ports can do; the real one is `nativeDriver`, tests have their own. */
export interface SerialDriver {
  list(): Promise<readonly ListedPort[]>;
  /** Rejects with the system's own words. */
  open(path: string, baudRate: number): Promise<SerialLine>;
}

/** What the system says of a port before it is opened. Ids are four hex digits. */
export interface ListedPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly pnpId?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  /** Only Windows has one. */
  readonly friendlyName?: string | undefined;
}

export interface Lines {
  readonly dtr: boolean;
  readonly rts: boolean;
}

/** An open port. All calls reject once the device is gone. */
export interface SerialLine {
  /** How opening has left the lines. */
  readonly lines: Lines;
  /** At least one byte; rejects when the line is closed meanwhile. */
  read(): Promise<Uint8Array>;
  /** Resolves when the system has taken the bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when the bytes are on the wire. */
  drain(): Promise<void>;
  setLines(lines: Lines): Promise<void>;
  setBaudRate(baudRate: number): Promise<void>;
  close(): Promise<void>;
}

const READ_SIZE = 0x4000;

/** Linux and macOS raise both lines when a port is opened, Windows neither; a board runs on in both cases. */
const LINES_AFTER_OPENING = process.platform !== "win32";

export const nativeDriver: SerialDriver = {
  async list() {
    const binding = await loadBinding();
    const ports: readonly ListedPort[] = await binding.list().catch(deviceFiles);
    return ports.map((port) => ({ ...port, path: port.path.replace(/^\/dev\/tty\./, CALL_OUT) }));
  },
  async open(path, baudRate) {
    const binding = await loadBinding();
    // Closing must not pull the lines either, or the board is reset when nobody wants it.
    const port = await binding.open({ path, baudRate, hupcl: false });
    const buffer = Buffer.alloc(READ_SIZE);
    return {
      lines: { dtr: LINES_AFTER_OPENING, rts: LINES_AFTER_OPENING },
      async read() {
        const count =
          "poller" in port
            ? await readUnix(port, buffer)
            : (await port.read(buffer, 0, buffer.length)).bytesRead;
        return new Uint8Array(buffer.subarray(0, count));
      },
      write: (bytes) => port.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
      drain: () => port.drain(),
      setLines: (lines) => port.set({ ...lines, brk: false, cts: false, dsr: false }),
      setBaudRate: (rate) => port.update({ baudRate: rate }),
      close: () => port.close(),
    };
  },
};

/** macOS has two files for a port; opening the one that is listed waits for a carrier that no board gives. */
const CALL_OUT = "/dev/cu.";

/** Where udev is not installed, as in containers: the names alone. */
const deviceFiles = async (): Promise<readonly ListedPort[]> =>
  (await readdir("/dev"))
    .filter((name) => /^tty(USB|ACM)\d+$/.test(name))
    .map((name) => ({ path: `/dev/${name}` }));

/** On first use: virtual boards work where the native part does not load. */
const loadBinding = async () => {
  try {
    return (await import("@serialport/bindings-cpp")).autoDetect();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new BoardFault(
      "refused",
      `Serial ports cannot be used on this machine (${process.platform} ${process.arch}): ${reason}. Virtual boards work without them.`,
    );
  }
};
