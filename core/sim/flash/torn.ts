import { seeded } from "../seeded";
import { type Content, SECTOR } from "./contents";
import { contentAt, type Flash, insist, insistOnErase, withContents, writeFlash } from "./flash";

/** How far an operation had come when power failed. */
export type Tear = "begun" | "middle" | "almost";

const WORD = 4;

/**
 * A write that got so far: `programmed` bytes are there, and of the next 4 some of the bits that were to be cleared are.
 */
export function tornWrite(
  flash: Flash,
  offset: number,
  bytes: Uint8Array,
  programmed: number,
  seed: number,
): Flash {
  insist(flash, offset, bytes.length);
  const random = seeded(seed);
  const word = bytes.subarray(programmed, programmed + WORD).map((byte) => byte | (random() & 0xff));
  const torn = new Uint8Array(Math.min(bytes.length, programmed + WORD));
  torn.set(bytes.subarray(0, programmed));
  torn.set(word, programmed);
  return writeFlash(flash, offset, torn);
}

/** How many bytes of a write are there at each point where it can be torn; words are programmed one after the other. */
export function programmedAt(size: number, tear: Tear): number {
  if (tear === "begun") return 0;
  const last = Math.max(0, Math.ceil(size / WORD) - 1) * WORD;
  return tear === "almost" ? last : Math.floor(last / 2 / WORD) * WORD;
}

/**
 * An erase that got so far. While a sector is erased its bits drift from 0 to 1, so it always has all bits that it had:
 * `begun` a few bits of the first sector have changed, `middle` some sectors are blank, one is a mixture and the rest as
 * before, `almost` all is blank but for some bits of the last one.
 */
export function tornErase(flash: Flash, offset: number, size: number, tear: Tear, seed: number): Flash {
  insistOnErase(flash, offset, size);
  const random = seeded(seed);
  const first = offset / SECTOR;
  const count = size / SECTOR;
  const reached = { begun: 0, middle: random() % count, almost: count - 1 }[tear];
  const blanks = new Array<Content>(reached).fill(flash.store.blank);
  const drifted = flash.store.intern(drift[tear](contentAt(flash, first + reached).bytes, random));
  return withContents(flash, first, [...blanks, drifted], true);
}

const FEW = 8;

const drift: Readonly<Record<Tear, (bytes: Uint8Array, random: () => number) => Uint8Array>> = {
  begun: (bytes, random) => {
    const drifted = bytes.slice();
    for (const at of somePlaces(bytes, random)) drifted[at] = (drifted[at] ?? 0) | (1 << (random() % 8));
    return drifted;
  },
  middle: (bytes, random) => bytes.map((byte) => byte | (random() & 0xff)),
  almost: (bytes, random) => {
    const drifted = new Uint8Array(SECTOR).fill(0xff);
    for (const at of somePlaces(bytes, random)) drifted[at] = (bytes[at] ?? 0) | (random() & random() & 0xff);
    return drifted;
  },
};

/** Only where bits are 0 something can be seen of an erase. */
function somePlaces(bytes: Uint8Array, random: () => number): number[] {
  const places: number[] = [];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== 0xff) places.push(at);
  return places.length === 0 ? [] : Array.from({ length: FEW }, () => places[random() % places.length] ?? 0);
}
