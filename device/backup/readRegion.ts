import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { FlashRange } from "../../core/job/range";
import type { Board, Task } from "../flasher/board";
import { BoardFault } from "../flasher/fault";
import { blankMd5 } from "../md5";
import { type BlankGuess, blankGuess, PIECE } from "./blankFlash";
import { onDisk } from "./diskFault";
import { sizeOf } from "./manifestFile";

/**
 * Reads a range of flash into a file and gives the SHA-256 of it, hex digits. What the file holds already stays where
 * the board's own MD5 confirms it; else the file begins anew. `onDone` hears how many bytes are there. What is on the
 * disk at the end is compared with what came, because a second backup may have been started into the same folder.
 */
export async function readRegion(
  board: Board,
  range: FlashRange,
  path: string,
  { signal }: Pick<Task, "signal">,
  onDone: (bytes: number) => void,
): Promise<string> {
  const kept = await keptBytes(board, range, path, signal);
  const file = await onDisk("write", path, () => open(path, kept.size === 0 ? "w" : "r+"));
  try {
    let at = kept.size;
    onDone(at);
    for await (const piece of pieces(board, range, kept.size, signal, onDone)) {
      kept.sha256.update(piece);
      await onDisk("write", path, () => writeAt(file, piece, at));
      at += piece.length;
    }
    await onDisk("write", path, () => file.sync());
    const sha256 = kept.sha256.digest("hex");
    if ((await hashesOf(path)).sha256.digest("hex") !== sha256)
      throw new BoardFault("refused", `'${path}' does not hold what was read: another program writes to it.`);
    return sha256;
  } finally {
    await file.close();
  }
}

/** A write may take less than it was given. */
async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; )
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}

/** Of what a file holds; both can be continued. */
const hashesOf = (path: string): Promise<{ readonly sha256: Hash; readonly md5: Hash }> =>
  onDisk("read", path, async () => {
    const hashes = { sha256: createHash("sha256"), md5: createHash("md5") };
    for await (const chunk of createReadStream(path)) {
      hashes.sha256.update(chunk);
      hashes.md5.update(chunk);
    }
    return hashes;
  });

interface Kept {
  readonly size: number;
  /** Of these bytes, to be continued. */
  readonly sha256: Hash;
}

async function keptBytes(
  board: Board,
  { address, size: whole }: FlashRange,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Kept> {
  const nothing = { size: 0, sha256: createHash("sha256") };
  const size = (await sizeOf(path)) ?? 0;
  if (size === 0 || size > whole) return nothing;
  const { sha256, md5 } = await hashesOf(path);
  const onBoard = await board.md5({ address, size }, { signal });
  return onBoard === md5.digest("hex") ? { size, sha256 } : nothing;
}

/** The rest of the range from `start` on, in order. */
async function* pieces(
  board: Board,
  { address, size }: FlashRange,
  start: number,
  signal: AbortSignal | undefined,
  onDone: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const guess = blankGuess();
  for (let at = start; at < size; ) {
    const before = at;
    const blank = await blankBytes(board, { address: address + at, size: size - at }, guess, signal);
    const read = { address: address + at, size: Math.min(PIECE, size - at) };
    const bytes =
      blank > 0
        ? new Uint8Array(blank).fill(0xff)
        : await board.read(read, { signal, onProgress: ({ doneBytes }) => onDone(before + doneBytes) });
    if (blank === 0) guess.saw(bytes);
    yield bytes;
    at += bytes.length;
    onDone(at);
  }
}

/** How many bytes at the start of the range the board says to be blank, without sending them. */
async function blankBytes(
  board: Board,
  { address, size: left }: FlashRange,
  guess: BlankGuess,
  signal: AbortSignal | undefined,
): Promise<number> {
  for (;;) {
    const size = guess.next(left);
    if (size === 0) return 0;
    const isBlank = (await board.md5({ address, size }, { signal })) === blankMd5(size);
    guess.answered(isBlank);
    if (isBlank) return size;
  }
}
