import { hex } from "../../text/units";
import { BLOCK, type Content, type ContentStore, contentStore, SECTOR } from "./contents";

/**
 * NOR flash as a value: writing clears bits, erasing sets those of a whole sector, and both give a new flash that shares
 * all the rest with the one before. So a snapshot is the value itself.
 */
export interface Flash {
  /** Bytes. */
  readonly size: number;
  readonly store: ContentStore;
  readonly chunks: readonly Chunk[];
  /** Numbers of sectors that no operation changes, and that do not say so. */
  readonly stuck: ReadonlySet<number>;
  /** Whether writes that would have to set bits are noted. */
  readonly strict: boolean;
  /** Offsets of the first byte of each such write; empty unless strict. */
  readonly lifts: readonly number[];
  /** Equal contents give equal keys; see `contentKey`. */
  readonly key: number;
}

/** A run of sectors: small enough to be copied with every operation. */
interface Chunk {
  readonly contents: readonly Content[];
  /** How often each was erased. */
  readonly erases: readonly number[];
}

export interface FlashOptions {
  readonly store?: ContentStore | undefined;
  readonly strict?: boolean | undefined;
}

const CHUNK = 32;

/** Erased all over. `size` in bytes, a multiple of 0x1000. */
export const blankFlash = (size: number, options: FlashOptions = {}): Flash => {
  const { store = contentStore() } = options;
  return flashWith(size, store, options.strict ?? false, () => store.blank);
};

/** A chip that holds these bytes, a multiple of 0x1000 of them. */
export const flashOf = (bytes: Uint8Array, options: FlashOptions = {}): Flash => {
  const { store = contentStore() } = options;
  return flashWith(bytes.length, store, options.strict ?? false, (sector) =>
    store.intern(bytes.subarray(sector * SECTOR, (sector + 1) * SECTOR)),
  );
};

function flashWith(
  size: number,
  store: ContentStore,
  strict: boolean,
  contentOf: (sector: number) => Content,
): Flash {
  if (size <= 0 || size % SECTOR !== 0) throw new RangeError(`there is no flash of ${size} bytes`);
  const contents = Array.from({ length: size / SECTOR }, (_, sector) => contentOf(sector));
  const chunks = Array.from({ length: Math.ceil(contents.length / CHUNK) }, (_, index) => {
    const own = contents.slice(index * CHUNK, (index + 1) * CHUNK);
    return { contents: own, erases: own.map(() => 0) };
  });
  const key = contents.reduce((sum, content, sector) => (sum + mixed(sector, content)) | 0, 0);
  return { size, store, chunks, stuck: new Set(), strict, lifts: [], key };
}

/** Sum of these over all sectors is the key, so that one operation changes it by one term. */
function mixed(sector: number, { id }: Content): number {
  const product = Math.imul(Math.imul(id + 1, 0x9e3779b1) ^ (sector + 1), 0x85ebca6b);
  return product ^ (product >>> 13);
}

/** What the sector of this number holds. */
export function contentAt({ chunks }: Flash, sector: number): Content {
  const content = chunks[Math.floor(sector / CHUNK)]?.contents[sector % CHUNK];
  if (!content) throw new RangeError(`there is no sector ${sector} in this flash`);
  return content;
}

/** How often the sector at this offset was erased. */
export const erasesAt = ({ chunks }: Flash, offset: number): number => {
  const sector = Math.floor(offset / SECTOR);
  return chunks[Math.floor(sector / CHUNK)]?.erases[sector % CHUNK] ?? 0;
};

/**
 * Puts contents into consecutive sectors from `first` on; a stuck one keeps what it has. `erased`: they were erased for it.
 */
export function withContents(
  flash: Flash,
  first: number,
  contents: readonly Content[],
  erased: boolean,
): Flash {
  const chunks = flash.chunks.slice();
  let { key } = flash;
  for (let at = 0; at < contents.length; ) {
    const chunk = chunks[Math.floor((first + at) / CHUNK)];
    if (!chunk) break;
    const own = chunk.contents.slice();
    const erases = erased ? chunk.erases.slice() : undefined;
    for (let slot = (first + at) % CHUNK; slot < CHUNK && at < contents.length; slot++, at++) {
      const [before, after] = [own[slot], contents[at]];
      if (!before || !after || flash.stuck.has(first + at)) continue;
      if (before !== after) key = (key - mixed(first + at, before) + mixed(first + at, after)) | 0;
      own[slot] = after;
      if (erases) erases[slot] = (erases[slot] ?? 0) + 1;
    }
    chunks[Math.floor((first + at - 1) / CHUNK)] = { contents: own, erases: erases ?? chunk.erases };
  }
  const { size, store, stuck, strict, lifts } = flash;
  return { size, store, chunks, stuck, strict, lifts, key };
}

/** Clears the bits that are 0 in `bytes`. Throws a RangeError beyond the end: that is a bug of the program. */
export function writeFlash(flash: Flash, offset: number, bytes: Uint8Array): Flash {
  insist(flash, offset, bytes.length);
  const first = Math.floor(offset / SECTOR);
  const contents: Content[] = [];
  let lift: number | undefined;
  for (let at = 0, sector = first; at < bytes.length; sector++) {
    const start = (offset + at) % SECTOR;
    const piece = bytes.subarray(at, at + SECTOR - start);
    const before = contentAt(flash, sector);
    if (flash.strict) lift ??= liftIn(before.bytes, start, piece, offset + at);
    contents.push(programmed(flash.store, before, start, piece));
    at += piece.length;
  }
  const written = withContents(flash, first, contents, false);
  return lift === undefined ? written : { ...written, lifts: [...flash.lifts, lift] };
}

/** A whole sector written over a blank one needs no arithmetic, only its identity. */
function programmed(store: ContentStore, before: Content, start: number, piece: Uint8Array): Content {
  if (before === store.blank && piece.length === SECTOR) return store.intern(piece);
  const bytes = before.bytes.slice();
  for (let at = 0; at < piece.length; at++) bytes[start + at] = (bytes[start + at] ?? 0) & (piece[at] ?? 0);
  return store.intern(bytes);
}

function liftIn(before: Uint8Array, start: number, piece: Uint8Array, offset: number): number | undefined {
  const at = piece.findIndex((byte, index) => (byte & ~(before[start + index] ?? 0)) !== 0);
  return at === -1 ? undefined : offset + at;
}

/** Sets all bits of a sector or of a block. Throws a RangeError for any other size or place. */
export function eraseFlash(flash: Flash, offset: number, size: number): Flash {
  insistOnErase(flash, offset, size);
  const blanks = new Array<Content>(size / SECTOR).fill(flash.store.blank);
  return withContents(flash, offset / SECTOR, blanks, true);
}

/** Throws a RangeError unless it is a whole sector or block. */
export function insistOnErase(flash: Flash, offset: number, size: number): void {
  insist(flash, offset, size);
  if ((size !== SECTOR && size !== BLOCK) || offset % size !== 0)
    throw new RangeError(`flash erases aligned units of 4 KB or 64 KB, not ${hex(size)} at ${hex(offset)}`);
}

/** Throws a RangeError where the place is not inside of the flash. */
export function insist({ size: end }: Flash, offset: number, size: number): void {
  const isInside =
    Number.isInteger(offset) && Number.isInteger(size) && offset >= 0 && size >= 0 && offset + size <= end;
  if (!isInside) throw new RangeError(`${size} bytes at ${offset} are not inside a flash of ${hex(end)}`);
}

/** The bytes at a place. A whole aligned sector is not copied, so nobody may change what comes back. */
export function readFlash(flash: Flash, offset: number, size: number): Uint8Array {
  insist(flash, offset, size);
  if (size === SECTOR && offset % SECTOR === 0) return contentAt(flash, offset / SECTOR).bytes;
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const start = (offset + at) % SECTOR;
    const sector = contentAt(flash, Math.floor((offset + at) / SECTOR));
    const piece = sector.bytes.subarray(start, start + Math.min(SECTOR - start, size - at));
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** From now on no operation changes the sector at this offset, and none says so. */
export const withStuckSector = (flash: Flash, offset: number): Flash => ({
  ...flash,
  stuck: new Set([...flash.stuck, Math.floor(offset / SECTOR)]),
});

/** For a map of states that were seen already: compare with `sameContent` what has the same key. */
export const contentKey = ({ key }: Flash): number => key;

/** Whether two flashes of one store hold the same bytes. Wear does not count. */
export const sameContent = (a: Flash, b: Flash): boolean =>
  a.size === b.size &&
  a.key === b.key &&
  a.chunks.every(
    (chunk, index) =>
      chunk === b.chunks[index] ||
      chunk.contents.every((content, slot) => content === b.chunks[index]?.contents[slot]),
  );
