import { createHash } from "node:crypto";
import type { BoardIdentity } from "../../../core/job/board";
import { readBoard } from "../../../core/job/boardState";
import type { FlashPiece } from "../../../core/job/flashBytes";
import { rangeOf } from "../../../core/job/job";
import type { FlashRange } from "../../../core/job/range";
import type { Board, Task } from "../../../device/flasher/board";
import { BoardFault } from "../../../device/flasher/fault";
import type { RegionOutcome } from "../../../device/flasher/outcome";
import { board as identity } from "../../core/job/boards";

/** A board that is nothing but its flash, and that counts what it was asked. */
export interface FakeBoard extends Board {
  readonly flash: Uint8Array;
  readonly counts: { readBytes: number; reads: number; md5s: number; restarts: number };
}

export interface FakeFaults {
  /** After so many reads and questions nobody answers any more. */
  readonly lostAfter?: number;
  readonly restart?: Error;
}

export function fakeBoard(
  flash: Uint8Array,
  changes: Partial<BoardIdentity> = {},
  { lostAfter = Number.POSITIVE_INFINITY, restart }: FakeFaults = {},
): FakeBoard {
  const counts = { readBytes: 0, reads: 0, md5s: 0, restarts: 0 };
  const bytesAt = ({ address, size }: FlashRange) => flash.slice(address, address + size);
  const asked = (task: Task | undefined): void => {
    if (task?.signal?.aborted) throw new BoardFault("cancelled", "Cancelled.");
    if (counts.reads + counts.md5s > lostAfter) throw new BoardFault("lost", "The cable was pulled.");
  };
  const md5 = (range: FlashRange): string => createHash("md5").update(bytesAt(range)).digest("hex");
  return {
    flash,
    counts,
    identity: identity({ flashSize: flash.length, ...changes }),
    baudRate: () => 115200,
    async read(range, task) {
      counts.reads++;
      asked(task);
      counts.readBytes += range.size;
      const { size } = range;
      for (const doneBytes of [size / 2, size])
        task?.onProgress?.({ phase: "read", region: "", doneBytes, totalBytes: size });
      return bytesAt(range);
    },
    async md5(range, task) {
      counts.md5s++;
      asked(task);
      return md5(range);
    },
    async state(question) {
      const pieces: FlashPiece[] = [];
      for (;;) {
        const asks = { ...question, chip: identity(changes).chip, flashSize: flash.length };
        const { state, wants } = readBoard(asks, pieces);
        if (wants.length === 0) return state;
        pieces.push(...wants.map((range) => ({ address: range.address, bytes: bytesAt(range) })));
      }
    },
    async run({ regions, erases }) {
      for (const { address, size } of erases) flash.fill(0xff, address, address + size);
      for (const region of regions) if (region.kind === "write") flash.set(region.bytes, region.address);
      const outcomes = regions.map(
        (region): RegionOutcome => ({
          ...rangeOf(region),
          name: region.name,
          action: region.kind,
          status: "verified",
          md5: md5(rangeOf(region)),
        }),
      );
      return { outcomes, sentBytes: 1 };
    },
    compare: async () => [],
    async restart() {
      counts.restarts++;
      if (restart) throw restart;
    },
    close: async () => undefined,
  };
}
