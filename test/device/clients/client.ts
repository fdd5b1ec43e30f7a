import type { BoardPort } from "../../../device/port";

/** Somebody else's flasher, as far as the tests use it. */
export interface Client {
  /** Into the loader, with its own stub started and the rate raised. */
  connect(): Promise<{ readonly chip: string; readonly mac: string }>;
  /** Compressed. */
  write(address: number, bytes: Uint8Array): Promise<void>;
  read(address: number, size: number): Promise<Uint8Array>;
  /** 32 hex digits. */
  md5(address: number, size: number): Promise<string>;
  close(): Promise<void>;
}

export type ClientOf = (port: BoardPort) => Promise<Client>;

/** Bits per second. */
export const FAST = 460800;

export const QUIET = { log: () => undefined, error: () => undefined, debug: () => undefined };
