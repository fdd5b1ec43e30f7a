import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodeSlip } from "../../../device/slip";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { blank, concat, pattern, words } from "../../support/bytes";
import {
  openClient,
  openLoader,
  openStub,
  SYNC_DATA,
  sendBlock,
  startStub,
  writeDeflated,
} from "../support/protocolClient";

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");
const md5 = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

test("uploaded code that is started greets, and is the stub", async () => {
  const board = virtualBoard();
  const client = await openLoader(board.port);
  expect(board.running()).toBe("rom");
  const packets = await startStub(client);
  expect(packets.map(hex)).toEqual(["010604000707122000000000", "4f484149"]);
  expect(board.running()).toBe("stub");
  await client.close();
});

test("a stub that runs is recognised by eight answers to SYNC without a value", async () => {
  const board = virtualBoard();
  const client = await openStub(board.port);
  await client.send(encodeSlip(concat([Uint8Array.of(0, 8, 36, 0), words(0), SYNC_DATA])));
  expect((await client.packets()).map(hex)).toEqual(Array(8).fill("01080200000000000000"));
  await client.close();
});

interface Exchange {
  readonly what: string;
  readonly board?: VirtualBoardOptions;
  readonly command: number;
  readonly data?: Uint8Array;
  readonly checksum?: number;
  /** Data and status. */
  readonly body: string;
}

const BEGIN = words(4, 1, 0x4000, 0);
const FIRST_4096 = md5(blank(4096));

test.each<Exchange>([
  { what: "the MD5 is 16 bytes", command: 0x13, data: words(0, 4096, 0, 0), body: `${FIRST_4096}0000` },
  {
    what: "an MD5 beyond the end fails",
    command: 0x13,
    data: words(0x3ff000, 0x2000, 0, 0),
    body: `${"00".repeat(16)}6300`,
  },
  { what: "erasing an aligned region", command: 0xd1, data: words(0x1000, 0x2000), body: "0000" },
  { what: "erasing from the middle of a sector", command: 0xd1, data: words(0x1001, 0x1000), body: "3200" },
  { what: "erasing half a sector", command: 0xd1, data: words(0x1000, 0x800), body: "3300" },
  { what: "erasing beyond the end", command: 0xd1, data: words(0x400000, 0x1000), body: "3500" },
  { what: "erasing everything", command: 0xd0, body: "0000" },
  { what: "data of the wrong length", command: 0x13, data: words(0, 4096), body: "c000" },
  { what: "a block too large", command: 0x02, data: words(4, 1, 0x8000, 0), body: "c200" },
  { what: "a block without a beginning", command: 0x03, data: words(0, 0, 0, 0), body: "c600" },
  { what: "an end without a beginning", command: 0x12, data: words(1), body: "c600" },
  { what: "a beginning", command: 0x02, data: BEGIN, body: "0000" },
  {
    what: "a beginning with the word for encryption",
    command: 0x10,
    data: words(4, 1, 0x4000, 0, 0),
    body: "0000",
  },
  { what: "a command that nobody knows", command: 0x77, body: "ff00" },
  { what: "security info is unknown on the ESP32", command: 0x14, body: "ff00" },
  {
    what: "security info of a C3",
    board: { chip: "esp32c3" },
    command: 0x14,
    body: `${"00".repeat(12)}05000000000000000000`,
  },
])("$what", async ({ board: options, command, data, checksum, body }) => {
  const board = virtualBoard(options);
  const client = await openStub(board.port);
  expect(hex((await client.command(command, data, checksum))?.body)).toBe(body);
  await client.close();
});

const stubOn = async (options: VirtualBoardOptions = {}) => {
  const board = virtualBoard(options);
  return { board, client: await openStub(board.port) };
};

test("compressed data arrives, in whatever it is cut", async () => {
  const { board, client } = await stubOn();
  const data = concat([pattern(50_000, 3), blank(9_000), pattern(41_000, 4)]);
  const end = await writeDeflated(client, 0x10000, data);
  expect(hex(end?.body)).toBe("0000");
  expect(Buffer.compare(board.flash.subarray(0x10000, 0x10000 + data.length), data)).toBe(0);
  expect(board.flash.subarray(0x10000 + data.length, 0x30000).every((byte) => byte === 0xff)).toBe(true);
  await client.close();
});

test("only the sectors that are written to are erased, and the padding of the last block is not written", async () => {
  const { board, client } = await stubOn({ flash: new Uint8Array(0x8000) });
  const data = pattern(0x1800, 5);
  await client.command(0x02, words(data.length, 1, 0x4000, 0x1000));
  await sendBlock(client, 0x03, concat([data, new Uint8Array(0x4000 - data.length)]), 0);
  expect(hex((await client.command(0x04, words(1)))?.body)).toBe("0000");
  expect(board.flash.subarray(0, 0x1000).every((byte) => byte === 0)).toBe(true);
  expect(Buffer.compare(board.flash.subarray(0x1000, 0x2800), data)).toBe(0);
  expect(board.flash.subarray(0x2800, 0x3000).every((byte) => byte === 0xff)).toBe(true);
  expect(board.flash.subarray(0x3000, 0x8000).every((byte) => byte === 0)).toBe(true);
  expect(board.counters().erasedSectors).toBe(2);
  await client.close();
});

test.each([
  {
    what: "a whole block where one lies ahead",
    size: 0x20000,
    offset: 0x10000,
    sent: 0x400,
    erasedTo: 0x20000,
  },
  {
    what: "no sector before it is reached",
    size: 0x3000,
    offset: 0x1000,
    sent: 0x1000,
    erasedTo: 0x2000,
  },
  {
    what: "a sector where less than a block is left",
    size: 0xf000,
    offset: 0x10000,
    sent: 0x400,
    erasedTo: 0x11000,
  },
])("what is erased ahead of the data: $what", async ({ size, offset, sent, erasedTo }) => {
  const { board, client } = await stubOn({ flash: new Uint8Array(0x40000) });
  await client.command(0x02, words(size, size / sent, sent, offset));
  await sendBlock(client, 0x03, blank(sent), 0);
  expect(board.flash.indexOf(0xff)).toBe(offset);
  expect(board.flash.indexOf(0, offset)).toBe(erasedTo);
  await client.close();
});

test("the first block is erased with BEGIN already, and the next one with the first data, however little it is", async () => {
  const { board, client } = await stubOn({ flash: new Uint8Array(0x40000) });
  await client.command(0x10, words(0x20000, 2, 0x400, 0x10000));
  expect(board.flash.indexOf(0xff)).toBe(0x10000);
  expect(board.flash.indexOf(0, 0x10000)).toBe(0x20000);
  await sendBlock(client, 0x11, Uint8Array.from(deflateSync(blank(0x20000)).subarray(0, 8)), 0);
  expect(board.flash.indexOf(0, 0x10000)).toBe(0x30000);
  await client.close();
});

test("a damaged stream is told with the next answer, because blocks are answered before they are written", async () => {
  const { client } = await stubOn();
  await client.command(0x10, words(1000, 2, 0x4000, 0));
  const garbage = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  expect(hex((await sendBlock(client, 0x11, garbage, 0))?.body)).toBe("0000");
  expect(hex((await sendBlock(client, 0x11, garbage, 1))?.body)).toBe("c700");
  await client.close();
});

test("a block with a wrong checksum is not written", async () => {
  const { board, client } = await stubOn();
  await client.command(0x02, BEGIN);
  const block = concat([words(4, 0, 0, 0), Uint8Array.of(1, 2, 3, 4)]);
  expect(hex((await client.command(0x03, block, 0x99))?.body)).toBe("c100");
  expect(board.flash[0]).toBe(0xff);
  expect(hex((await client.command(0x04, words(1)))?.body)).toBe("c800");
  await client.close();
});

test.each([
  { size: 0x3000, packet: 0x1000, ahead: 1024 },
  { size: 0x3001, packet: 0x1000, ahead: 0x2000 },
  { size: 100, packet: 64, ahead: 1 },
])("$size bytes are read in packets of $packet, $ahead ahead", async ({ size, packet, ahead }) => {
  const content = pattern(0x8000, 6);
  const { client } = await stubOn({ flash: content });
  await client.send(
    encodeSlip(concat([Uint8Array.of(0, 0xd2, 16, 0), words(0), words(0x123, size, packet, ahead)])),
  );
  const [answer, ...first] = await client.packets();
  expect(hex(answer)).toBe("01d20200000000000000");
  let received = concat(first);
  while (received.length < size) {
    await client.send(encodeSlip(words(received.length)));
    received = concat([received, ...(await client.packets())]);
    expect(received.length % packet === 0 || received.length === size).toBe(true);
  }
  expect(Buffer.compare(received, content.subarray(0x123, 0x123 + size))).toBe(0);
  await client.send(encodeSlip(words(size)));
  expect((await client.packets()).map(hex)).toEqual([md5(received)]);
  expect(hex((await client.command(0xd1, words(0, 0x1000)))?.body)).toBe("0000");
  await client.close();
});

test.each([
  { ahead: 0x1000, packets: 1 },
  { ahead: 0x1001, packets: 2 },
  { ahead: 0x9000, packets: 3 },
])("$ahead bytes ahead are $packets packets of 0x1000 at first", async ({ ahead, packets }) => {
  const { client } = await stubOn();
  await client.send(encodeSlip(concat([Uint8Array.of(0, 0xd2, 16, 0), words(0, 0, 0x3000, 0x1000, ahead)])));
  expect(await client.packets()).toHaveLength(1 + packets);
  await client.close();
});

test("an acknowledgement that is none ends the reading with the digest of what was sent", async () => {
  const content = pattern(0x4000, 7);
  const { client } = await stubOn({ flash: content });
  await client.command(0xd2, words(0, 0x4000, 0x1000, 64));
  await client.send(encodeSlip(Uint8Array.of(1, 2)));
  expect((await client.packets()).map(hex)).toEqual([md5(content.subarray(0, 0x1000))]);
  await client.close();
});

test("the app in flash is started on demand", async () => {
  const { board, client } = await stubOn();
  await client.command(0xd3);
  expect(board.running()).toBe("flash");
  await client.close();
});

test("after a reset by software the ROM's loader is back", async () => {
  const { board, client } = await stubOn();
  await client.command(0x02, words(0, 0, 0x4000, 0));
  await client.command(0x04, words(0));
  expect(board.running()).toBe("rom");
  await client.close();
});

test("the rate changes behind the answer", async () => {
  const { board, client } = await stubOn();
  expect(hex((await client.command(0x0f, words(921600, 115200)))?.body)).toBe("0000");
  expect(await client.command(0xd0)).toBeUndefined();
  await board.port.setBaudRate?.(921600);
  expect(hex((await client.command(0xd0))?.body)).toBe("0000");
  await client.close();
});

test("a stub survives that its port is closed and opened again", async () => {
  const { board, client } = await stubOn();
  await client.close();
  expect(board.port.readable).toBeNull();
  const again = await openClient(board.port);
  expect(hex((await again.command(0x08, SYNC_DATA))?.body)).toBe("0000");
  await again.close();
});
