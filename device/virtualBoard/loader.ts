import type { ChipModel } from "./chips";
import type { ChipIdentity } from "./eFuses";
import type { FlashChip } from "./flashChip";
import { checksumOf, hasWholePayload, payload, type Request } from "./packet";
import type { Registers } from "./registers";

/** What the ROM loader and the stub have to work with between one reset and the next. */
export interface LoaderBoard {
  readonly chip: ChipModel;
  readonly identity: ChipIdentity;
  readonly registers: Registers;
  readonly flash: FlashChip;
  /** One packet to the host, not framed yet. */
  send(packet: Uint8Array): void;
  /** From the next byte on. */
  changeBaudRate(bitsPerSecond: number): void;
  startStub(): void;
  /** Runs what lies in flash, as the ROM does when nobody holds IO0. */
  runFlash(): void;
  /** A reset by software: IO0 is not looked at again, so the ROM's loader comes back. */
  restartLoader(): void;
}

export interface Loader {
  receive(packet: Uint8Array): Promise<void> | void;
  /** Lets go of what it holds when the chip is reset. */
  stop(): void;
}

/** What a command gives; without an error it has succeeded. */
export interface Reply {
  /** The 32-bit word of the answer's header. */
  readonly value?: number;
  readonly body?: Uint8Array;
  readonly error?: number;
  readonly repeat?: number;
  /** What is done once the answer is on its way. */
  readonly afterwards?: () => Promise<void> | void;
}

export type Handler = (request: Request) => Reply | Promise<Reply>;

export type Handlers = Readonly<Partial<Record<number, Handler>>>;

export const DONE: Reply = {};

/** Of the size that it says, and with the right checksum. */
export const payloadError = (
  request: Request,
  errors: { readonly size: number; readonly checksum: number },
): number | undefined => {
  if (!hasWholePayload(request)) return errors.size;
  return checksumOf(payload(request)) === (request.checksum & 0xff) ? undefined : errors.checksum;
};
