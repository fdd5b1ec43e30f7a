import { expect, test } from "vitest";
import type { StateQuestion } from "../../../core/job/boardState";
import { connectBoard } from "../../../device/flasher";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { blank } from "../../support/bytes";
import {
  MICROPYTHON_ROWS,
  makeBootloader,
  makeMicroPython,
  makeTable,
  type RowFixture,
} from "../../support/imageFixture";
import { connect } from "../support/faultRun";

type Piece = readonly [offset: number, bytes: Uint8Array];

const flashOf = (...pieces: readonly Piece[]): Uint8Array => {
  const flash = blank(0x400000);
  for (const [offset, bytes] of pieces) flash.set(bytes, offset);
  return flash;
};

const app = MICROPYTHON_ROWS.find(({ type }: RowFixture) => type === 0)?.offset ?? 0;
const MICROPYTHON_BOARD = flashOf(
  [0x1000, makeBootloader({ idfVersion: "v5.2.2" })],
  [0x8000, makeTable(MICROPYTHON_ROWS)],
  [app, makeMicroPython({ size: 0x12340 })],
);

/** What a board says of itself, and how many bytes of flash were read for it. */
const checkState = async (
  flash: Uint8Array,
  depth: StateQuestion["depth"],
  wanted: { readonly table: string; readonly bootloader: string; readonly running: boolean },
  most: number,
): Promise<void> => {
  const virtual = virtualBoard({ flash });
  const board = await connect(virtual.port);
  const before = virtual.counters().down;
  const done: number[] = [];
  const state = await board.state({ depth }, { onProgress: ({ doneBytes }) => done.push(doneBytes) });
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect({
    table: state.table.kind,
    bootloader: state.bootloader.kind,
    running: state.running !== undefined,
  }).toEqual(wanted);
  expect(state.running?.micropython !== undefined).toBe(wanted.running && depth === "micropython");
  expect(virtual.counters().down - before).toBeLessThan(most);
  await board.close();
};

test("what runs on a board takes few bytes", () =>
  checkState(MICROPYTHON_BOARD, "heads", { table: "found", bootloader: "image", running: true }, 8000));

test("which MicroPython runs on it takes the constants of its app", () =>
  checkState(
    MICROPYTHON_BOARD,
    "micropython",
    { table: "found", bootloader: "image", running: true },
    0x14000,
  ));

test("a blank board is told as one", () =>
  checkState(blank(0x1000), "heads", { table: "none", bootloader: "blank", running: false }, 0x10000));

/** The only test that waits: the lines need their time, and the limits of a real clock must not be too short. */
test("with the clock of the machine", async () => {
  const virtual = virtualBoard({ flash: MICROPYTHON_BOARD });
  const board = await connectBoard(virtual.port);
  expect(board.baudRate()).toBe(921600);
  expect((await board.state({ depth: "heads" })).table.kind).toBe("found");
  await board.restart();
  expect(virtual.running()).toBe("flash");
});
