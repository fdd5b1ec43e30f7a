import type { BoardPort, PortSignals } from "../port";
import { USB_SERIAL_JTAG } from "../usbIds";
import { type BoardParts, initialFlash, partsAfter, type VirtualBoardOptions } from "./boardOptions";
import { bootFromFlash } from "./boot";
import type { FirmwareStart } from "./firmware/simulatedFirmware";
import { type FlashCounters, flashChip } from "./flashChip";
import { faultLine } from "./line";
import { NO_RATE, noiseBetween } from "./noise";
import { registers } from "./registers";
import { type BootMode, bridgeCircuit, type Lines, usbJtagCircuit } from "./reset";
import { downloadSession, flashSession, type Session } from "./session";
import { type UsbIds, virtualPort } from "./virtualPort";
import type { WireCounters } from "./wire";

export interface BoardCounters extends WireCounters, FlashCounters {
  /** Without the start at the very beginning. */
  readonly resets: number;
}

/** An ESP32 in this process, on a port like any other. */
export interface VirtualBoard {
  readonly port: BoardPort;
  /** The flash itself: what is written here is there. */
  readonly flash: Uint8Array;
  counters(): BoardCounters;
  running(): "flash" | "rom" | "stub" | "reset" | "off";
  unplug(): void;
  /** Puts the cable back: the board starts from its flash. */
  plugIn(): void;
  /** From the next start on these programs run in place of the apps in flash; undefined: none any more, after a reset. */
  simulate(firmware: FirmwareStart | undefined): void;
}

const BOOT_BAUD_RATE = 115200;
const RELEASED: Lines = { dtr: false, rts: false };
/** A CP2102. */
const BRIDGE: UsbIds = { usbVendorId: 0x10c4, usbProductId: 0xea60 };

export const virtualBoard = (options: VirtualBoardOptions = {}): VirtualBoard => {
  const overUsbJtag = options.connection === "usb serial jtag";
  const circuit = overUsbJtag ? usbJtagCircuit() : bridgeCircuit();
  const flash = initialFlash(options);
  const spiFlash = flashChip(flash, options.faults ?? []);
  const tableOffset = options.partitionTableOffset ?? 0x8000;
  let { firmware } = options;
  let lines = RELEASED;
  let session: Session | undefined;
  let state: "running" | "held" | "rising" | "off" = "running";
  /** Grows with every start, so that one that was cut off by the next is noticed. */
  let starts = 0;
  let resets = 0;
  /** Bits per second of the chip's UART; undefined while the ROM waits to measure the host's. */
  let chipRate: number | undefined;

  const stop = (next: typeof state): void => {
    session?.stop();
    session = undefined;
    state = next;
  };
  const start = (mode: BootMode): void => {
    stop("running");
    const own = ++starts;
    const transmit = (bytes: Uint8Array): void => {
      if (bytes.length > 0 && port.baudRate() > 0) line.down(noise(bytes));
    };
    chipRate = BOOT_BAUD_RATE;
    spiFlash.chip.attached = mode === "flash";
    const parts = partsAfter(options, resets);
    const next = mode === "flash" ? fromFlash(parts, transmit) : intoLoader(parts, transmit);
    // Its first words may have been cut off by a fault that reset the board.
    if (own === starts && state === "running") session = next;
    else next.stop();
  };
  const restart = (mode: BootMode): void => {
    resets++;
    start(mode);
  };
  const fromFlash = ({ chip, identity }: BoardParts, transmit: (bytes: Uint8Array) => void): Session =>
    firmware
      ? firmware({
          chip,
          mac: identity.mac,
          flash: spiFlash.chip,
          transmit,
          restart: () => restart("flash"),
        })
      : flashSession(bootFromFlash(chip, identity.revision, flash, tableOffset), transmit);
  const intoLoader = (parts: BoardParts, transmit: (bytes: Uint8Array) => void): Session => {
    const flashCommand = spiFlash.chip.command;
    const loader = downloadSession({
      ...parts,
      flash: spiFlash.chip,
      registers: registers({ ...parts, overUsbJtag, baudRate: () => chipRate ?? 0, flashCommand }),
      transmit,
      changeBaudRate(rate) {
        chipRate = rate;
      },
      runFlash: () => start("flash"),
      restartLoader: () => restart("download"),
    });
    chipRate = undefined;
    return loader;
  };

  /** The reset pin rises slowly, so the lines as they stand a moment later decide. */
  const leaveReset = (): void => {
    if (state === "rising") restart(circuit.modeAfter(lines));
  };
  const signalsChanged = (signals: PortSignals): void => {
    lines = { dtr: signals.dataTerminalReady ?? lines.dtr, rts: signals.requestToSend ?? lines.rts };
    const held = circuit.change(lines) === "held";
    if (held) stop("held");
    else if (state === "held") {
      state = "rising";
      setImmediate(leaveReset);
    } else leaveReset();
  };
  const unplug = (): void => {
    stop("off");
    port.unplug();
  };
  const noise = (bytes: Uint8Array): Uint8Array =>
    overUsbJtag ? bytes : noiseBetween(chipRate, port.baudRate(), bytes);

  const line = faultLine(options.faults ?? [], options.wire, {
    toHost: (bytes) => port.deliver(bytes),
    async toBoard(bytes) {
      chipRate ??= port.baudRate() === NO_RATE ? BOOT_BAUD_RATE : port.baudRate();
      await session?.receive(noise(bytes));
    },
    interrupted: (by) => (by === "reset" ? restart("flash") : unplug()),
    baudRate: () => port.baudRate(),
  });
  const port = virtualPort(overUsbJtag ? USB_SERIAL_JTAG : BRIDGE, {
    received(bytes) {
      leaveReset();
      return line.up(bytes);
    },
    signalsChanged,
  });
  start("flash");
  return {
    port: port.port,
    flash,
    counters: () => ({ ...line.counters(), ...spiFlash.counters(), resets }),
    running: () => session?.running() ?? (state === "off" ? "off" : "reset"),
    unplug,
    simulate(next) {
      const isSimulated = firmware !== undefined && state === "running" && session?.running() === "flash";
      firmware = next;
      // A program would go on for as long as this process.
      if (isSimulated && !next) restart("flash");
    },
    plugIn() {
      lines = RELEASED;
      port.plugIn();
      restart("flash");
    },
  };
};
