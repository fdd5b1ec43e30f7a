import type { BootloaderModel } from "../../../core/sim/boot/model";
import type { Programs } from "../../../core/sim/device";
import type { FetchedImage, Offer } from "../../../core/sim/effect";
import type { AppKind } from "../../../core/sim/images";
import type { ChipModel } from "../chips";
import type { FlashChip } from "../flashChip";
import type { Session } from "../session";
import type { VirtualTime } from "./virtualTime";

/**
 * What runs on a virtual board in place of the apps in its flash, whose code no process like this one can run: programs
 * that do the same to the flash chip, over a real network.
 */
export interface SimulatedFirmware {
  /** Which program plays an app: by the SHA-256 of its bytes, 64 hexadecimal digits. */
  kindOf(app: FlashedApp): AppKind;
  readonly programs: Programs;
  readonly bootloader: BootloaderModel;
  /** Where that bootloader looks for the table, in bytes. */
  readonly tableOffset: number;
  readonly isProtected?: boolean | undefined;
  /** A network for one life of the board. */
  network(): DeviceNetwork;
  readonly time: VirtualTime;
  /** Real milliseconds for each one that a program waits. */
  readonly waitScale: number;
}

/** What a session has of its board. */
export interface FirmwareBoard {
  readonly chip: ChipModel;
  readonly mac: Uint8Array;
  readonly flash: FlashChip;
  /** Bytes to the host, as long as this session runs. */
  transmit(bytes: Uint8Array): void;
  /** The chip resets itself. */
  restart(): void;
}

/** What a board runs in place of the apps in its flash. Given from outside: only rehearsals need it. */
export type FirmwareStart = (board: FirmwareBoard) => Session;

/** An app that the bootloader has found whole. */
export interface FlashedApp {
  readonly sha256: string;
  /** Its own banner, where it is MicroPython. */
  readonly micropython: string | undefined;
}

/** What a device has of the network, from one start to the next. Nothing here rejects. */
export interface DeviceNetwork {
  connect(): Promise<boolean>;
  /** `mac` names the device where the program tells it: `24:0a:c4:00:00:01`. */
  open(image: FetchedImage, from: number, mac: string | undefined): Promise<Offer | undefined>;
  /** At most so many bytes, none at the end; undefined where the connection broke. */
  read(size: number): Promise<Uint8Array | undefined>;
  close(): void;
  /** Tells a line, best effort. */
  report(line: string, mac: string): Promise<void>;
}
