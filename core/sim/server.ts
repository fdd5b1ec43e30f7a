import { sha256Hex } from "../image/sha256Hex";
import type { FetchedImage, Offer } from "./effect";

/** The update server and the Wi-Fi in front of it, with all that goes wrong there as data. */
export interface Network {
  readonly files: Readonly<Record<FetchedImage, Uint8Array>>;
  /** Of a request the first counts that applies to it and is not used up. */
  readonly faults?: readonly ServerFault[] | undefined;
  /** How often the Wi-Fi does not let the device in. */
  readonly wifi?: { readonly refuses: number | "always" } | undefined;
}

export interface ServerFault {
  readonly kind: ServerFaultKind;
  /** Byte of the file, counted from 0; the middle of it unless said. */
  readonly at?: number | undefined;
  /** Both unless said. */
  readonly image?: FetchedImage | undefined;
  /** How many requests it lasts. */
  readonly requests: number | "always";
}

/** Every way in which a download goes wrong; the words are those of a report. */
export const serverFaults = {
  drop: "the connection breaks at a byte",
  truncate: "the file ends at a byte, and the server says so",
  "not-found": "the file is not there (404)",
  "wrong-image": "the other image comes",
  corrupt: "one byte is another",
  stall: "from a byte on nothing comes any more",
  gone: "nobody answers",
  "no-range": "the server always sends from the beginning",
  "no-length": "the server does not say how long the file is",
} as const;

export type ServerFaultKind = keyof typeof serverFaults;

/** What became of the network so far. It survives a loss of power of the device. */
export interface NetworkState {
  readonly network: Network;
  /** How many requests each fault has spoiled, as far as it wears off. */
  readonly used: readonly number[];
  readonly refusals: number;
  readonly isOnline: boolean;
  readonly download: Download | undefined;
  /** SHA-256 of the files. */
  readonly digests: Readonly<Record<FetchedImage, string>>;
}

interface Download {
  readonly file: Uint8Array;
  /** Of the next byte. */
  readonly at: number;
  /** Where the file ends for this request. */
  readonly end: number;
  /** Where the connection breaks. */
  readonly breaksAt: number | undefined;
  /** Which byte is another. */
  readonly corruptAt: number | undefined;
}

export interface Answered<T> {
  readonly state: NetworkState;
  readonly answer: T;
}

/** Before anything was asked. */
export const freshNetwork = (network: Network): NetworkState => ({
  network,
  used: (network.faults ?? []).map(() => 0),
  refusals: 0,
  isOnline: false,
  download: undefined,
  digests: {
    repartitioner: sha256Hex(network.files.repartitioner),
    micropython: sha256Hex(network.files.micropython),
  },
});

/** After the device was reset or lost its power. */
export const offline = (state: NetworkState): NetworkState =>
  state.isOnline || state.download ? { ...state, isOnline: false, download: undefined } : state;

/** Whether the network will answer the same requests in the same way. */
export const sameNetwork = (a: NetworkState, b: NetworkState): boolean =>
  a.refusals === b.refusals && a.used.every((count, index) => count === b.used[index]);

/** The device asks for Wi-Fi. */
export function connectTo(state: NetworkState): Answered<boolean> {
  const refuses = state.network.wifi?.refuses ?? 0;
  if (refuses === "always") return { state, answer: false };
  if (!state.isOnline && state.refusals < refuses)
    return { state: { ...state, refusals: state.refusals + 1 }, answer: false };
  return { state: state.isOnline ? state : { ...state, isOnline: true }, answer: true };
}

/** The device asks for a file from a byte on. */
export function request(state: NetworkState, image: FetchedImage, from: number): Answered<Offer | undefined> {
  const closed = close(state);
  if (!state.isOnline) return { state: closed, answer: undefined };
  const faults = state.network.faults ?? [];
  const index = faults.findIndex((fault, at) => applies(fault, state.used[at] ?? 0, image));
  const fault = faults[index];
  const used = state.used.map((count, at) =>
    at === index && fault?.requests !== "always" ? count + 1 : count,
  );
  return respond({ ...closed, used }, fault, image, from);
}

const applies = (fault: ServerFault, used: number, image: FetchedImage): boolean =>
  (fault.image ?? image) === image && (fault.requests === "always" || used < fault.requests);

const OTHER = { repartitioner: "micropython", micropython: "repartitioner" } as const;

function respond(
  state: NetworkState,
  fault: ServerFault | undefined,
  image: FetchedImage,
  from: number,
): Answered<Offer | undefined> {
  if (fault?.kind === "gone") return { state, answer: undefined };
  if (fault?.kind === "not-found") return { state, answer: refusal(404) };
  const served = fault?.kind === "wrong-image" ? OTHER[image] : image;
  const file = state.network.files[served];
  const place = Math.min(fault?.at ?? Math.floor(file.length / 2), file.length);
  const is = (kind: ServerFaultKind): number | undefined => (fault?.kind === kind ? place : undefined);
  const end = is("truncate") ?? file.length;
  const start = fault?.kind === "no-range" ? 0 : from;
  if (start > 0 && start >= end) return { state, answer: refusal(416) };
  const breaksAt = is("drop") ?? is("stall");
  const download = { file, at: start, end, breaksAt, corruptAt: is("corrupt") };
  const total = fault?.kind === "no-length" ? undefined : end;
  const answer = { status: start > 0 ? 206 : 200, total, start, sha256: state.digests[served] };
  return { state: withDownload(state, download), answer };
}

const refusal = (status: number): Offer => ({ status, total: undefined, start: 0, sha256: undefined });

/** The next bytes of the download, none at its end; undefined where the connection broke or nothing comes. */
export function receive(state: NetworkState, size: number): Answered<Uint8Array | undefined> {
  const { download } = state;
  if (!download) return { state, answer: undefined };
  const { file, at, end, breaksAt, corruptAt } = download;
  if (breaksAt !== undefined && at >= breaksAt) return { state: close(state), answer: undefined };
  const bytes = file.subarray(at, Math.min(at + size, end, breaksAt ?? end));
  const next = withDownload(state, { file, at: at + bytes.length, end, breaksAt, corruptAt });
  return { state: next, answer: corruptAt === undefined ? bytes : flipped(bytes, corruptAt - at) };
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  if (at < 0 || at >= bytes.length) return bytes;
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 0x10;
  return changed;
}

/** The device is done with the download. */
export const close = (state: NetworkState): NetworkState => withDownload(state, undefined);

/** Written out, because this happens for every piece of every download. */
const withDownload = (
  { network, used, refusals, isOnline, digests }: NetworkState,
  download: Download | undefined,
): NetworkState => ({ network, used, refusals, isOnline, download, digests });
