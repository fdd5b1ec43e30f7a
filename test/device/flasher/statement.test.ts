import { expect, test } from "vitest";
import type { BoardFaultKind } from "../../../device/flasher/fault";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { Fault } from "../../../device/virtualBoard/faults";
import { pattern } from "../../support/bytes";
import { connect, faultOf } from "../support/faultRun";
import { SMALL_FLASH, smallJob } from "../support/jobs";
import { recordRun } from "../support/packetStarts";

/** What the user reads when a job went wrong: what happened, in what state the flash is, and what to do. */
const start = { flash: pattern(SMALL_FLASH, 9), flashSize: SMALL_FLASH };
const { running } = await recordRun(smallJob, start);
const first = running[0]?.at ?? 0;
/** In the middle of the first block of the app, which is the largest packet of all. */
const inApp = (running.toSorted((a, b) => b.size - a.size)[0]?.at ?? 0) + 100;
const everyThousand = Array.from(
  { length: 100 },
  (_, index): Fault => ({
    kind: "corrupt",
    direction: "up",
    at: first + 100 + index * 1000,
  }),
);

const APP_BEGUN =
  "Verified on the board: 'partition table', 'otadata'. 'app' is written in part: from 0x10000 to 0x1a000 anything may stand, the rest of it is as it was. Not touched: 'vfs'. The board is likely not to start until the job is finished.";
const AGAIN =
  "Connect the board again and resume the job to finish it: what is on the board already is not sent again.";

const STATEMENTS: readonly {
  what: string;
  faults: readonly Fault[];
  kind: BoardFaultKind;
  text: string;
}[] = [
  {
    what: "the cable before anything was written",
    faults: [{ kind: "disconnect", direction: "up", at: first }],
    kind: "lost",
    text: `The connection broke while writing 'partition table': the cable was pulled or the port was closed (The device has been lost). Not touched: 'partition table', 'otadata', 'app', 'vfs'. The board starts as before. ${AGAIN}`,
  },
  {
    what: "the cable in the app",
    faults: [{ kind: "disconnect", direction: "up", at: inApp }],
    kind: "lost",
    text: `The connection broke while writing 'app': the cable was pulled or the port was closed (The device has been lost). ${APP_BEGUN} ${AGAIN}`,
  },
  {
    what: "a reset in the app",
    faults: [{ kind: "reset", direction: "up", at: inApp }],
    kind: "interrupted",
    text: `The board stopped answering while writing 'app': it was reset or lost its power, or the line broke down. ${APP_BEGUN} ${AGAIN}`,
  },
  {
    what: "a bad line",
    faults: everyThousand,
    kind: "interrupted",
    text: `The line to the board is too bad: 3 attempts at writing 'partition table' failed (the board could not write compressed data to flash after seq 0: error 0xc1). 'partition table' is written in part: from 0x8000 to 0x9000 anything may stand, the rest of it is as it was. Not touched: 'otadata', 'app', 'vfs'. The board is likely not to start until the job is finished. ${AGAIN}`,
  },
  {
    what: "a flash that keeps nothing",
    faults: [{ kind: "stuck", offset: 0x30000, size: 16 }],
    kind: "not-verified",
    text: "The flash of the board does not keep what 'vfs' (0x2e000 to 0x34000) needs: after 3 attempts its MD5 is still wrong. The flash chip is worn out, write protected or badly connected. Verified on the board: 'partition table', 'otadata', 'app'. Done, but not as it should be: 'vfs'. The board is likely to start, with its files damaged or lost. Try again at a slower rate; if it stays, the board needs another flash chip.",
  },
];

test.each(STATEMENTS)("$what", async ({ faults, kind, text }) => {
  const { port } = virtualBoard({ ...start, faults });
  const board = await connect(port);
  const fault = await faultOf(board.run(smallJob));
  expect(fault?.kind).toBe(kind);
  expect(fault?.message).toBe(text);
  await board.close();
});

test("a port that goes while flash is read", async () => {
  const { port, unplug } = virtualBoard(start);
  const board = await connect(port);
  unplug();
  const fault = await faultOf(board.read({ address: 0, size: 100 }));
  expect(fault?.kind).toBe("lost");
  expect(fault?.message).toBe(
    "The connection broke while reading 0x0 to 0x64: the cable was pulled or the port was closed (The device has been lost). Nothing was changed. Check the cable, connect again and repeat it.",
  );
});

test("a board without lines is not reset, and says so", async () => {
  const { port } = virtualBoard(start);
  const board = await connect(port);
  port.setSignals = () => Promise.reject(new Error("no lines"));
  const fault = await faultOf(board.restart());
  expect(fault?.kind).toBe("refused");
  expect(fault?.message).toBe(
    "The board was not reset (no lines). Press its RESET button to start what is in its flash.",
  );
  expect(port.readable).toBeNull();
});

/** Behind the frame and the header; among them is the size, which this line makes larger. */
const WORDS_AT = 1 + 8;

test.each([
  { what: "an erase", command: 0xd1, byte: 6, name: "otadata", behind: "0xf000 to 0x10000" },
  { what: "a write", command: 0x10, byte: 1, name: "partition table", behind: "0x9000 to 0xa000" },
])("$what that goes too far is told", async ({ command, byte, name, behind }) => {
  const packet = running.find((sent) => sent.command === command);
  const at = (packet?.at ?? 0) + WORDS_AT + byte;
  const faults: readonly Fault[] = [{ kind: "corrupt", direction: "up", at }];
  const board = virtualBoard({ ...start, flashSize: 0x800000, faults });
  const connected = await connect(board.port);
  const fault = await faultOf(connected.run(smallJob));
  expect(fault?.kind).toBe("interrupted");
  expect(fault?.outcomes.map(({ status }) => status)).toEqual(smallJob.regions.map(() => "verified"));
  expect(fault?.message).toContain(
    `A command for '${name}' was damaged on the way and went too far: what lies behind it, at ${behind} and perhaps farther, is not what it was.`,
  );
  await connected.run(smallJob);
  await connected.close();
});
