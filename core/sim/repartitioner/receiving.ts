import { u8, u16 } from "../../image/bytes";
import { MAGIC } from "../../image/header";
import { sha256Hex } from "../../image/sha256Hex";
import {
  type FetchedImage,
  fetchClose,
  fetchOpen,
  fetchRead,
  isBlank,
  type Offer,
  type Task,
  write,
} from "../effect";
import { eraseExtent } from "./erasing";
import { say } from "./lines";
import { SECTOR } from "./units";

/** What is to be received, and where it goes. Bytes. */
export interface Download {
  readonly image: FetchedImage;
  readonly offset: number;
  readonly size: number;
  readonly chipId: number;
  /** SHA-256 of the first sector, or of all where it is shorter: it tells the right image before anything is erased. */
  readonly head: string;
  /** Compared with what the server says it has, where it says so. */
  readonly sha256?: string | undefined;
}

/** Why nothing, or not all, was received. */
export type ReceiveFault = "unreachable" | "status" | "length" | "sha256" | "dropped" | "image" | "flash";

/**
 * One try to download an image into a slot. Length, SHA-256 and the head of the image are looked at before anything is
 * erased. The first sector is written last: an image that is not whole is never started, and a slot whose first sector is
 * blank while the next ones are not holds the beginning of a download, with which the next try goes on.
 */
export function* receive(download: Download): Task<ReceiveFault | "ok"> {
  const result = yield* received(download);
  yield* fetchClose();
  return result;
}

function* received(download: Download): Task<ReceiveFault | "ok"> {
  const { image, offset, size } = download;
  const refused = offerFault(yield* fetchOpen(image, 0), 0, download);
  if (refused) return refused;
  const head = yield* readWhole(Math.min(SECTOR, size));
  if (!head) return "dropped";
  if (!isRight(head, download)) return "image";
  const from = yield* resumePoint(offset, size);
  if (image === "micropython") yield* say("download-micropython", "started", `from=${from}`);
  if (!(yield* eraseExtent(from === 0 ? { offset, size } : { offset: offset + from, size: SECTOR })))
    return "flash";
  if (from > SECTOR) {
    const fault = yield* openAt(from, download);
    if (fault) return fault;
  }
  for (let at = Math.max(from, SECTOR); at < size; at += SECTOR) {
    const bytes = yield* readWhole(Math.min(SECTOR, size - at));
    if (!bytes) return "dropped";
    yield* write(offset + at, bytes);
  }
  yield* write(offset, head);
  return "ok";
}

/** Opens the image once more, at the byte behind what is there already. */
function* openAt(from: number, download: Download): Task<ReceiveFault | undefined> {
  yield* fetchClose();
  const offer = yield* fetchOpen(download.image, from);
  const refused = offerFault(offer, from, download);
  if (refused || !offer) return refused;
  for (let at = offer.start; at < from; at += SECTOR)
    if (!(yield* readWhole(Math.min(SECTOR, from - at)))) return "dropped";
  return undefined;
}

function offerFault(offer: Offer | undefined, from: number, wanted: Download): ReceiveFault | undefined {
  if (!offer) return "unreachable";
  if (offer.status !== 200 && offer.status !== 206) return "status";
  if (offer.start !== 0 && offer.start !== from) return "status";
  if (offer.total !== undefined && offer.total !== wanted.size) return "length";
  return offer.sha256 !== undefined && wanted.sha256 !== undefined && offer.sha256 !== wanted.sha256
    ? "sha256"
    : undefined;
}

const isRight = (head: Uint8Array, wanted: Download): boolean =>
  u8(head, 0) === MAGIC && u16(head, 12) === wanted.chipId && sha256Hex(head) === wanted.head;

/** The sector with which a download goes on, in bytes from the start of the slot; 0 where there is no beginning of one. */
function* resumePoint(offset: number, size: number): Task<number> {
  const sectorAt = (at: number) => isBlank({ offset: offset + at, size: SECTOR });
  if (!(yield* sectorAt(0))) return 0;
  let at = SECTOR;
  while (at < size && !(yield* sectorAt(at))) at += SECTOR;
  for (let rest = at; rest < size; rest += SECTOR) if (!(yield* sectorAt(rest))) return 0;
  // The last sector that was written may be torn.
  return Math.max(0, at - SECTOR);
}

/** So many bytes; undefined where the connection gave fewer. */
function* readWhole(size: number): Task<Uint8Array | undefined> {
  const first = yield* fetchRead(size);
  if (!first || first.length === 0) return undefined;
  if (first.length === size) return first;
  const whole = new Uint8Array(size);
  whole.set(first);
  for (let filled = first.length; filled < size; ) {
    const more = yield* fetchRead(size - filled);
    if (!more || more.length === 0) return undefined;
    whole.set(more, filled);
    filled += more.length;
  }
  return whole;
}
