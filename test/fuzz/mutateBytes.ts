import { concat } from "../support/bytes";
import type { Random } from "./random";

type Mutation = (bytes: Uint8Array, random: Random, seeds: readonly Uint8Array[]) => Uint8Array;

function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  const at = somePlace(bytes, random);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes;
}

/** Magic, counts, sizes and flags stand in the first bytes of images, tables and their descriptors. */
function setHeaderByte(bytes: Uint8Array, random: Random): Uint8Array {
  bytes[random.below(Math.min(bytes.length, 64))] = random.pick([0, 1, 2, 16, 17, 0x7f, 0x80, 0xe9, 0xff]);
  return bytes;
}

/** Lengths, load addresses and offsets are aligned words. */
function setWord(bytes: Uint8Array, random: Random): Uint8Array {
  const at = somePlace(bytes, random) & ~3;
  if (at + 4 > bytes.length) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const near = view.getUint32(at, true) + random.pick([-4, -1, 1, 4, 16, 0x1000]);
  const value = random.pick([0, 4, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff, bytes.length, near, near]);
  view.setUint32(at, value, true);
  return bytes;
}

function copyInside(bytes: Uint8Array, random: Random): Uint8Array {
  const from = somePlace(bytes, random);
  return bytes.copyWithin(somePlace(bytes, random), from, from + random.below(64));
}

function fill(bytes: Uint8Array, random: Random): Uint8Array {
  const at = somePlace(bytes, random);
  return bytes.fill(random.pick([0, 0xff, 0x41, 0xe9, 0xaa]), at, at + random.below(600));
}

const cut: Mutation = (bytes, random) => {
  const at = somePlace(bytes, random);
  return concat([bytes.subarray(0, at), bytes.subarray(at + someLength(random))]);
};

const insert: Mutation = (bytes, random) => {
  const at = somePlace(bytes, random);
  const piece = new Uint8Array(someLength(random)).fill(random.pick([0, 0xff, 0x20]));
  return concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
};

const truncate: Mutation = (bytes, random) => bytes.slice(0, random.below(bytes.length + 1));

const append: Mutation = (bytes, random, seeds) => concat([bytes, random.pick(seeds)]);

const splice: Mutation = (bytes, random, seeds) => {
  const other = random.pick(seeds);
  const at = somePlace(bytes, random);
  return concat([bytes.subarray(0, at), other.subarray(Math.min(at, other.length))]);
};

/** Half of the places lie in the first bytes, where the structure is. */
const somePlace = (bytes: Uint8Array, random: Random): number =>
  random.below(random.oneIn(2) ? Math.min(bytes.length, 400) : bytes.length);

const someLength = (random: Random): number => random.pick([1, 4, 16, 32, 0x1000]);

const mutations: readonly Mutation[] = [
  flipBit,
  flipBit,
  setHeaderByte,
  setHeaderByte,
  setWord,
  setWord,
  copyInside,
  fill,
  cut,
  insert,
  truncate,
  append,
  splice,
];

/** A seed after a few mutations, with its sums put right half of the time, so that what lies behind them is reached. */
export function mutatedBytes(
  random: Random,
  seeds: readonly Uint8Array[],
  sealAgain: (bytes: Uint8Array) => void,
): Uint8Array {
  let bytes: Uint8Array = random.pick(seeds).slice();
  for (let left = random.below(5); left > 0; left--) bytes = random.pick(mutations)(bytes, random, seeds);
  if (random.oneIn(2)) sealAgain(bytes);
  return bytes;
}
