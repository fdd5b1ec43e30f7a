import type { Answer, Offer } from "../effect";

/**
 * All that a program has been told since its start, as 64 bits of a hash: a program is a function of its answers, so with
 * the same ones it goes on in the same way until flash or network answer something else.
 */
export interface Past {
  readonly tell: (answer: Answer) => void;
  /** Of everything that was told. */
  readonly digest: () => string;
}

/** `start`: which program it is. */
export function pastOf(start: string): Past {
  let hash = withText(EMPTY, start);
  return {
    tell: (answer) => {
      hash = withAnswer(hash, answer);
    },
    digest: () => hash.join(" "),
  };
}

type Hash = readonly [low: number, high: number];

const EMPTY: Hash = [0x811c9dc5, 0x9e3779b9];

function mixed([low, high]: Hash, word: number): Hash {
  const [l, h] = [Math.imul(low ^ word, 0x01000193), Math.imul(high + word, 0x85ebca6b)];
  return [l ^ (l >>> 15), h ^ (h >>> 13)];
}

/** What kind of answer it is comes first: 1 is another one than true. */
function withAnswer(hash: Hash, answer: Answer): Hash {
  if (answer instanceof Uint8Array) return digestOf(answer).reduce(mixed, mixed(hash, 1));
  if (typeof answer === "string") return withText(mixed(hash, 2), answer);
  if (typeof answer === "number") return mixed(mixed(hash, 3), answer);
  if (typeof answer === "boolean") return mixed(hash, answer ? 4 : 5);
  return answer === undefined ? mixed(hash, 6) : withText(mixed(hash, 7), offerText(answer));
}

const withText = (hash: Hash, text: string): Hash =>
  [...text].reduce((sum, char) => mixed(sum, char.charCodeAt(0)), mixed(hash, text.length));

const offerText = ({ status, total, start, sha256 }: Offer): string =>
  `${status} ${total} ${start} ${sha256}`;

type Digest = readonly [length: number, low: number, high: number];

/** Of pieces of files and of whole sectors of flash, which come again and again as the same piece of memory. */
const digests = new WeakMap<ArrayBufferLike, Map<number, Digest>>();

function digestOf(bytes: Uint8Array): Digest {
  const pieces = digests.get(bytes.buffer) ?? new Map<number, Digest>();
  const known = pieces.get(bytes.byteOffset);
  if (known?.[0] === bytes.length) return known;
  const digest: Digest = [bytes.length, ...hashOf(bytes)];
  pieces.set(bytes.byteOffset, digest);
  digests.set(bytes.buffer, pieces);
  return digest;
}

/** Written out, because it is most of the work. */
function hashOf(bytes: Uint8Array): Hash {
  let [low, high] = EMPTY;
  for (const byte of bytes) {
    low = Math.imul(low ^ byte, 0x01000193);
    low ^= low >>> 15;
    high = Math.imul(high + byte, 0x85ebca6b);
    high ^= high >>> 13;
  }
  return [low, high];
}
