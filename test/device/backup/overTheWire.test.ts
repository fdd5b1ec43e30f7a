import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { backUp, isFinished, readBackup } from "../../../device/backup";
import { connectWith } from "../../../device/flasher/connect";
import { BoardFault } from "../../../device/flasher/fault";
import { type VirtualBoard, virtualBoard } from "../../../device/virtualBoard/board";
import type { Fault } from "../../../device/virtualBoard/faults";
import { blank, pattern } from "../../support/bytes";
import { turnClock } from "../support/turnClock";

const root = mkdtempSync(join(tmpdir(), "crossflash-wire-"));
afterAll(() => rmSync(root, { recursive: true }));
const freshFolder = (): string => mkdtempSync(join(root, "backup-"));

const SIZE = 0x100000;
/** A third of it is blank. */
const flash = blank(SIZE);
flash.set(pattern(0xa8000, 8), 0x1000);

const backUpOf = async (board: VirtualBoard, folder: string) => {
  const connected = await connectWith(turnClock())(board.port);
  try {
    return await backUp(connected, folder);
  } finally {
    await connected.close();
  }
};

describe("over a line that fails once, the next try ends with the whole flash", () => {
  const faults: readonly Fault[] = [
    ...[20_000, 60_000, 150_000, 300_000, 600_000].map(
      (at): Fault => ({ kind: "disconnect", direction: "down", at }),
    ),
    { kind: "reset", direction: "down", at: 200_000 },
    { kind: "drop", direction: "down", at: 100_000, count: 500 },
    { kind: "corrupt", direction: "down", at: 250_000, count: 3 },
  ];
  it.each(faults)("$kind at byte $at", async (fault) => {
    const folder = freshFolder();
    const board = virtualBoard({ flash, flashSize: SIZE, faults: [fault] });
    const first = await backUpOf(board, folder).catch((error: unknown) => error);
    if (first instanceof BoardFault) {
      expect(first.message).toContain(`The backup in '${folder}' is not finished`);
      expect(isFinished((await readBackup(folder)).backup)).toBe(false);
      board.plugIn();
      await backUpOf(board, folder);
    } else expect(first).toHaveProperty("regions");
    expect(isFinished((await readBackup(folder)).backup)).toBe(true);
    expect(Buffer.compare(readFileSync(join(folder, "flash.bin")), flash)).toBe(0);
  });
});

describe("what a backup costs on the wire", () => {
  const downOf = async (contents: Uint8Array): Promise<number> => {
    const board = virtualBoard({ flash: contents, flashSize: SIZE });
    const connected = await connectWith(turnClock())(board.port);
    const before = board.counters().down;
    await backUp(connected, freshFolder());
    await connected.close();
    return board.counters().down - before;
  };

  it("is its size and a little more where all of it is data, and nearly nothing where it is blank", async () => {
    expect(await downOf(pattern(SIZE, 3))).toBeLessThan(SIZE * 1.02);
    expect(await downOf(blank(SIZE))).toBeLessThan(1000);
    // The last piece of data is blank but for its beginning.
    expect(await downOf(flash)).toBeLessThan((0xa9000 + 0x10000) * 1.02);
  });
});
