import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { Fault, LineFault } from "../../../device/virtualBoard/faults";
import { faultyLine } from "../../../device/virtualBoard/faults";
import { blank, concat, pattern, words } from "../../support/bytes";
import {
  HARD_RESET,
  INTO_LOADER,
  openClient,
  openLoader,
  openStub,
  pullLines,
  SYNC_DATA,
  startStub,
  writeDeflated,
} from "../support/protocolClient";

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");
const md5 = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");
const READ_MAGIC = [0x0a, words(0x40001000)] as const;

/** Positions on the line depend on what was sent before: they are measured on a board without faults. */
const position = async (direction: "up" | "down"): Promise<number> => {
  const board = virtualBoard();
  const client = await openLoader(board.port);
  await client.close();
  return board.counters()[direction];
};

test.each<{ what: string; fault: (up: number, down: number) => Fault; answer: string }>([
  { what: "no fault", fault: () => ({ kind: "stuck", offset: 0, size: 0 }), answer: "831df000" },
  {
    what: "a byte of the command lost",
    fault: (at) => ({ kind: "drop", direction: "up", at: at + 5 }),
    answer: "",
  },
  {
    what: "a byte of the command changed",
    fault: (at) => ({ kind: "corrupt", direction: "up", at: at + 9 }),
    answer: "00000000",
  },
  {
    what: "the frame of the command lost",
    fault: (at) => ({ kind: "drop", direction: "up", at }),
    answer: "",
  },
  {
    what: "a byte of the answer lost",
    fault: (_, at) => ({ kind: "drop", direction: "down", at: at + 5 }),
    answer: "",
  },
  {
    what: "a byte of the answer changed",
    fault: (_, at) => ({ kind: "corrupt", direction: "down", at: at + 5 }),
    answer: "d91df000",
  },
  {
    what: "nobody answering any more",
    fault: (_, at) => ({ kind: "drop", direction: "down", at, count: Infinity }),
    answer: "",
  },
  {
    what: "the answer coming too late",
    fault: (_, at) => ({ kind: "delay", direction: "down", at, milliseconds: 4000 }),
    answer: "",
  },
])("$what", async ({ fault, answer }) => {
  const board = virtualBoard({ faults: [fault(await position("up"), await position("down"))] });
  const client = await openLoader(board.port);
  const found = await client.command(...READ_MAGIC);
  expect(found === undefined ? "" : hex(words(found.value))).toBe(answer);
  await client.close();
});

test("a late answer comes with the next command, and its time is counted", async () => {
  const fault: Fault = { kind: "delay", direction: "down", at: await position("down"), milliseconds: 4000 };
  const board = virtualBoard({ faults: [fault] });
  const client = await openLoader(board.port);
  expect(await client.command(...READ_MAGIC)).toBeUndefined();
  expect(board.counters().elapsed).toBeGreaterThan(4000);
  expect((await client.command(0x0d, words(0, 0)))?.command).toBe(0x0d);
  await client.close();
});

test("another board answers after a reset", async () => {
  const board = virtualBoard({
    faults: [{ kind: "other-board", atReset: 2, chip: "esp32c3", mac: "24:0a:c4:00:00:99" }],
  });
  const client = await openLoader(board.port);
  expect((await client.command(...READ_MAGIC))?.value).toBe(0x00f01d83);
  await pullLines(board.port, INTO_LOADER);
  await client.packets();
  expect((await client.command(...READ_MAGIC))?.value).toBe(0x1b31506f);
  expect((await client.command(0x0a, words(0x60008844)))?.value).toBe(0xc4000099);
  await client.close();
});

test("a region that does not take writes acknowledges them all the same, and its MD5 tells", async () => {
  const board = virtualBoard({ faults: [{ kind: "stuck", offset: 0x2000, size: 0x1000 }] });
  const client = await openStub(board.port);
  const data = pattern(0x4000, 1);
  expect(hex((await writeDeflated(client, 0, data))?.body)).toBe("0000");
  expect(hex((await client.command(0x13, words(0, 0x4000, 0, 0)))?.body)).not.toBe(`${md5(data)}0000`);
  const expected = concat([data.subarray(0, 0x2000), blank(0x1000), data.subarray(0x3000)]);
  expect(Buffer.compare(board.flash.subarray(0, 0x4000), expected)).toBe(0);
  await client.close();
});

test("a pulled cable breaks the streams, keeps the port shut, and leaves what was written", async () => {
  const board = virtualBoard();
  const client = await openStub(board.port);
  await writeDeflated(client, 0, pattern(0x2000, 2));
  const reader = client.bytes();
  board.unplug();
  await reader;
  expect(board.running()).toBe("off");
  expect(board.port.readable).toBeNull();
  await expect(client.send(Uint8Array.of(1))).rejects.toThrow("The device has been lost.");
  await expect(board.port.setSignals({ requestToSend: true })).rejects.toThrow("The device has been lost.");
  await expect(board.port.open({ baudRate: 115200 })).rejects.toThrow("Failed to open serial port.");
  board.plugIn();
  expect(board.running()).toBe("flash");
  const again = await openStub(board.port);
  expect(hex((await again.command(0x13, words(0, 0x2000, 0, 0)))?.body)).toBe(
    `${md5(pattern(0x2000, 2))}0000`,
  );
  await again.close();
});

test("a board that resets by itself is found in its app, and its loader can be entered again", async () => {
  const fault: Fault = { kind: "reset", direction: "up", at: (await position("up")) + 4 };
  const board = virtualBoard({ faults: [fault] });
  const client = await openLoader(board.port);
  expect(await client.command(...READ_MAGIC)).toBeUndefined();
  expect(board.running()).toBe("flash");
  await pullLines(board.port, INTO_LOADER);
  await client.packets();
  expect((await client.command(0x08, SYNC_DATA))?.command).toBe(0x08);
  await client.close();
});

test("a reset in the middle of the boot log starts it again", async () => {
  const board = virtualBoard({ faults: [{ kind: "reset", direction: "down", at: 10 }] });
  const client = await openClient(board.port);
  await pullLines(board.port, HARD_RESET);
  const text = Buffer.from(await client.bytes()).toString("latin1");
  expect(text.startsWith("ets Jul 29ets Jul 29 2019")).toBe(true);
  expect(text.match(/POWERON_RESET/g)).toHaveLength(1);
  await client.close();
});

test("faults do to the bytes what they say, however the bytes are cut", () => {
  const fault = fc.record({
    kind: fc.constantFrom("drop" as const, "corrupt" as const),
    direction: fc.constant("up" as const),
    at: fc.nat(60),
    count: fc.integer({ min: 1, max: 5 }),
  });
  const hit = (faults: readonly LineFault[], kind: string, at: number) =>
    faults.some(
      (one) => one.kind === kind && "count" in one && at >= one.at && at < one.at + (one.count ?? 1),
    );
  fc.assert(
    fc.property(fc.array(fault), fc.array(fc.uint8Array({ maxLength: 20 })), (faults, pieces) => {
      const line = faultyLine(faults, "up");
      const arrived = pieces
        .flatMap((piece) => line(piece))
        .flatMap((event) => (event.kind === "bytes" ? [...event.bytes] : []));
      const expected = [...concat(pieces)].flatMap((byte, at) =>
        hit(faults, "drop", at) ? [] : [hit(faults, "corrupt", at) ? byte ^ 0x5a : byte],
      );
      expect(arrived).toEqual(expected);
    }),
  );
});

/** Everything between opening the port and the MD5 of what was written, as far as the board lets it. */
const flashOnce = async (
  board: ReturnType<typeof virtualBoard>,
  data: Uint8Array,
): Promise<string | undefined> => {
  const client = await openLoader(board.port);
  await startStub(client);
  await writeDeflated(client, 0x1000, data);
  const digest = await client.command(0x13, words(0x1000, data.length, 0, 0));
  await client.close();
  return hex(digest?.body);
};

test("whatever happens on the line, the MD5 is that of the flash, and a second try succeeds", async () => {
  const data = concat([pattern(3000, 9), blank(5000), pattern(3000, 10)]);
  const clean = virtualBoard();
  expect(await flashOnce(clean, data)).toBe(`${md5(data)}0000`);
  const { up, down } = clean.counters();
  const arbitrary = fc.oneof(
    fc.record({
      kind: fc.constantFrom("drop" as const, "corrupt" as const, "disconnect" as const, "reset" as const),
      direction: fc.constant("up" as const),
      // A fault that the first try does not reach would spoil the second.
      at: fc.nat(up - 1),
    }),
    fc.record({
      kind: fc.constantFrom("drop" as const, "corrupt" as const, "disconnect" as const, "reset" as const),
      direction: fc.constant("down" as const),
      at: fc.nat(down - 1),
    }),
  );
  await fc.assert(
    fc.asyncProperty(arbitrary, async (fault) => {
      const board = virtualBoard({ faults: [fault] });
      const reported = await flashOnce(board, data).catch(() => undefined);
      const inFlash = md5(board.flash.subarray(0x1000, 0x1000 + data.length));
      const believable = reported?.length === 36 && reported.endsWith("0000");
      // The fields of a command have no checksum: a byte that is changed or lost can ask for the MD5 of another place.
      const isWhole = fault.kind === "disconnect" || fault.kind === "reset";
      if (believable && isWhole && fault.direction === "up") expect(reported).toBe(`${inFlash}0000`);
      if (board.running() === "off") board.plugIn();
      await board.port.close();
      expect(await flashOnce(board, data)).toBe(`${md5(data)}0000`);
    }),
    { numRuns: 60 },
  );
});
