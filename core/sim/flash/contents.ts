/** Bytes that NOR flash erases at once, the small and the large unit, and what it programs at once. */
export const SECTOR = 0x1000;
export const BLOCK = 0x10000;
export const PAGE = 0x100;

/**
 * What a sector holds. Two sectors with the same bytes hold the same object, so that comparing them is comparing
 * references, and what was once computed of a content never has to be computed again.
 */
export interface Content {
  readonly id: number;
  /** 0x1000 of them; nobody may change them. */
  readonly bytes: Uint8Array;
  /** All bytes, one XOR the next: of whole sectors the checksum of an image needs no more. */
  readonly xor: number;
}

/** All contents that a simulation has seen, and what it found out about sequences of them. */
export interface ContentStore {
  readonly blank: Content;
  /** The content with these 0x1000 bytes. */
  readonly intern: (bytes: Uint8Array) => Content;
  /** Promises that the buffer never changes: then its pieces are recognised by their place in it. */
  readonly trust: (bytes: Uint8Array) => void;
  /** Answers of questions by the contents that they are about; see recall.ts. */
  readonly answers: Map<number, RememberedAnswer[]>;
  /**
   * Where there are any, only they have a real SHA-256. What is none of them gets a stand-in that is the same for the same
   * bytes: programs only compare with digests that they know, and hashing half images is most of the work of a sweep.
   */
  readonly files: KnownFile[];
  /** A stand-in for a SHA-256 that was not given before. */
  readonly standIn: () => string;
}

/** A file whose SHA-256 is known. */
export interface KnownFile {
  readonly bytes: Uint8Array;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface RememberedAnswer {
  readonly contents: readonly Content[];
  readonly question: string;
  readonly answer: unknown;
}

/** One for all runs that share images: it is what makes thousands of them cheap. */
export function contentStore(): ContentStore {
  const byHash = new Map<number, Content[]>();
  const trusted = new WeakMap<ArrayBufferLike, Map<number, Content>>();
  let count = 0;
  let standIns = 0;

  const byBytes = (bytes: Uint8Array): Content => {
    const { hash, xor } = digestOf(bytes);
    const same = byHash.get(hash);
    const known = same?.find((content) => equalSectors(content.bytes, bytes));
    if (known) return known;
    const content: Content = { id: count++, bytes: bytes.slice(), xor };
    if (same) same.push(content);
    else byHash.set(hash, [content]);
    trusted.set(content.bytes.buffer, new Map([[0, content]]));
    return content;
  };
  const intern = (bytes: Uint8Array): Content => {
    const pieces = trusted.get(bytes.buffer);
    const known = pieces?.get(bytes.byteOffset);
    if (known) return known;
    const content = byBytes(bytes);
    pieces?.set(bytes.byteOffset, content);
    return content;
  };
  return {
    blank: byBytes(new Uint8Array(SECTOR).fill(0xff)),
    intern,
    trust: ({ buffer }) => {
      if (!trusted.has(buffer)) trusted.set(buffer, new Map());
    },
    answers: new Map(),
    files: [],
    standIn: () => (standIns++).toString(16).padStart(64, "0"),
  };
}

const wordsOf = (bytes: Uint8Array): Uint32Array =>
  bytes.byteOffset % 4 === 0
    ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    : new Uint32Array(bytes.slice().buffer);

/** Only to find candidates quickly: equality is always checked. */
function digestOf(bytes: Uint8Array): { readonly hash: number; readonly xor: number } {
  let hash = 0;
  let xor = 0;
  for (const word of wordsOf(bytes)) {
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
    xor ^= word;
  }
  return { hash, xor: (xor ^ (xor >>> 8) ^ (xor >>> 16) ^ (xor >>> 24)) & 0xff };
}

function equalSectors(a: Uint8Array, b: Uint8Array): boolean {
  for (let at = 0; at < SECTOR; at++) if (a[at] !== b[at]) return false;
  return true;
}
