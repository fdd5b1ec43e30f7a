import { type FlashRange, mergedRanges, rangeEnd } from "./range";

/** Bytes that were read from a flash address. */
export interface FlashPiece {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** What is known of a flash: pieces of it, read one after the other. */
export interface FlashBytes {
  /** The bytes of a range; undefined unless all of them were read. */
  readonly read: (range: FlashRange) => Uint8Array | undefined;
}

/** Pieces may touch or overlap; of bytes that were read twice the later ones count. */
export function flashBytes(pieces: readonly FlashPiece[]): FlashBytes {
  const known = mergedRanges(pieces.map(({ address, bytes }) => ({ address, size: bytes.length }))).map(
    (range) => gathered(range, pieces),
  );
  return {
    read(range) {
      const piece = known.find(
        ({ address, bytes }) => address <= range.address && rangeEnd(range) <= address + bytes.length,
      );
      if (!piece) return undefined;
      const at = range.address - piece.address;
      return piece.bytes.subarray(at, at + range.size);
    },
  };
}

/** One piece needs no copy, and most ranges are one. */
function gathered({ address, size }: FlashRange, pieces: readonly FlashPiece[]): FlashPiece {
  const inside = pieces.filter((piece) => address <= piece.address && piece.address < address + size);
  const [only] = inside;
  if (only && inside.length === 1) return only;
  const bytes = new Uint8Array(size);
  for (const piece of inside) bytes.set(piece.bytes, piece.address - address);
  return { address, bytes };
}
