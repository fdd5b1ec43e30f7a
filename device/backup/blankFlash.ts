import { isFilledWith } from "../../core/image/bytes";
import { SECTOR } from "../../core/job/range";

/**
 * Half of a usual flash is blank, and asking the board for an MD5 costs some 60 bytes on the wire where reading costs
 * all of them, but also the time in which the board reads its flash. So it is asked only where blank flash is likely:
 * at the start of a region, and behind bytes that end blank. Behind blank flash twice as much is asked for at a time.
 */
export interface BlankGuess {
  /** Bytes to ask for at once, of those that are left; 0 where it is better to read. */
  next(left: number): number;
  /** What came of a question of `next`. */
  answered(isBlank: boolean): void;
  /** Bytes that were read instead. */
  saw(bytes: Uint8Array): void;
}

/** Bytes that are read, or asked for at first. */
export const PIECE = 0x10000;
const LARGEST_QUESTION = 0x100000;

export function blankGuess(): BlankGuess {
  let size = PIECE;
  let asked = 0;
  return {
    next(left) {
      asked = Math.min(size, left);
      return asked;
    },
    answered(isBlank) {
      if (isBlank) size = Math.min(size * 2, LARGEST_QUESTION);
      else size = asked > PIECE ? PIECE : 0;
    },
    saw(bytes) {
      size = isFilledWith(bytes.subarray(-SECTOR), 0xff) ? PIECE : 0;
    },
  };
}
