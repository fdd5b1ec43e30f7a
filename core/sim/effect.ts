import type { Extent } from "../migrate/solve/spaces";

/**
 * What a program on the device asks of the world: a program is a generator that yields effects and is resumed with their
 * answers. So the same program runs against the simulated flash, where power fails between any two of them, and against
 * a virtual board with a real server. Offsets and sizes in bytes of flash.
 */
export type Effect =
  | ReadEffect
  | WriteEffect
  | EraseEffect
  | QueryEffect
  | NetworkEffect
  | { readonly kind: "running" }
  | { readonly kind: "protected" }
  | LogEffect
  | { readonly kind: "wait"; readonly milliseconds: number }
  | { readonly kind: "restart" };

/** Answered with a `Uint8Array`. */
export interface ReadEffect extends Extent {
  readonly kind: "read";
}

/** Clears bits; answered with whether the flash took it. It says nothing of what stands there now. */
export interface WriteEffect {
  readonly kind: "write";
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A sector or a block, aligned to its size; answered with whether the flash took it. */
export interface EraseEffect extends Extent {
  readonly kind: "erase";
}

/**
 * What a device finds out by reading; the C core reads for it. Asked as one question, so that a simulator can remember
 * the answer for flash that did not change.
 */
export type QueryEffect =
  /** Whether all of it reads as FF. Answered with a boolean. */
  | ({ readonly kind: "is-blank" } & Extent)
  /** Whether two places hold the same bytes. Answered with a boolean. */
  | { readonly kind: "is-equal"; readonly a: number; readonly b: number; readonly size: number }
  /** Answered with 64 hexadecimal digits. */
  | ({ readonly kind: "sha256" } & Extent)
  /**
   * The image that begins at `offset` and ends within `size`, for this chip: magic, segments and checksum, as the
   * bootloader wants them. Answered with its length, 0 where there is none.
   */
  | ({ readonly kind: "image"; readonly chipId: number } & Extent);

export type NetworkEffect =
  /** Answered with a boolean; true at once where it is online already. */
  | { readonly kind: "connect" }
  /** Answered with an `Offer`; undefined where nobody answers. */
  | { readonly kind: "fetch-open"; readonly image: FetchedImage; readonly from: number }
  /** Answered with at most so many bytes, none at the end; undefined where the connection broke or stalled. */
  | { readonly kind: "fetch-read"; readonly size: number }
  | { readonly kind: "fetch-close" };

export type FetchedImage = "repartitioner" | "micropython";

/** What a server says before it sends a body. */
export interface Offer {
  readonly status: number;
  /** Bytes of the whole file, where the server tells. */
  readonly total: number | undefined;
  /** Of the first byte that will come: 0 where the server does not resume. */
  readonly start: number;
  /** 64 hexadecimal digits, where the server tells. */
  readonly sha256: string | undefined;
}

export interface LogEffect {
  readonly kind: "log";
  /** Without its end. */
  readonly line: string;
}

/** The answer to an effect; each program knows which one it asked for. */
export type Answer = Uint8Array | boolean | number | string | Offer | undefined;

/** What runs on a device from one start to the next: it ends by restarting, by losing power, or never. */
export type Program = Generator<Effect, void, Answer>;

/** A part of a program that gives a value. */
export type Task<T> = Generator<Effect, T, Answer>;

/** Typed questions: `const bytes = yield* read(offset, size)`. */
export function* read(offset: number, size: number): Task<Uint8Array> {
  return (yield { kind: "read", offset, size }) as Uint8Array;
}

export function* write(offset: number, bytes: Uint8Array): Task<boolean> {
  return (yield { kind: "write", offset, bytes }) as boolean;
}

export function* erase(offset: number, size: number): Task<boolean> {
  return (yield { kind: "erase", offset, size }) as boolean;
}

export function* isBlank({ offset, size }: Extent): Task<boolean> {
  return (yield { kind: "is-blank", offset, size }) as boolean;
}

export function* isEqual(a: number, b: number, size: number): Task<boolean> {
  return (yield { kind: "is-equal", a, b, size }) as boolean;
}

export function* sha256(offset: number, size: number): Task<string> {
  return (yield { kind: "sha256", offset, size }) as string;
}

export function* imageLength({ offset, size }: Extent, chipId: number): Task<number> {
  return (yield { kind: "image", offset, size, chipId }) as number;
}

export function* running(): Task<number> {
  return (yield { kind: "running" }) as number;
}

export function* isProtected(): Task<boolean> {
  return (yield { kind: "protected" }) as boolean;
}

export function* connect(): Task<boolean> {
  return (yield { kind: "connect" }) as boolean;
}

export function* fetchOpen(image: FetchedImage, from: number): Task<Offer | undefined> {
  return (yield { kind: "fetch-open", image, from }) as Offer | undefined;
}

export function* fetchRead(size: number): Task<Uint8Array | undefined> {
  return (yield { kind: "fetch-read", size }) as Uint8Array | undefined;
}

export function* fetchClose(): Task<void> {
  yield { kind: "fetch-close" };
}

export function* log(line: string): Task<void> {
  yield { kind: "log", line };
}

export function* wait(milliseconds: number): Task<void> {
  yield { kind: "wait", milliseconds };
}

export function* restart(): Task<void> {
  yield { kind: "restart" };
}
