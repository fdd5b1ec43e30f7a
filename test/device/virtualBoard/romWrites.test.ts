import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodeSlip } from "../../../device/slip";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { checksumOf, requestPacket } from "../../../device/virtualBoard/packet";
import { concat, pattern, words } from "../../support/bytes";
import { openLoader, pullLines, sendBlock, turn } from "../support/protocolClient";

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");
const BLOCK = 0x400;

const romOn = async (options: VirtualBoardOptions = {}) => {
  const board = virtualBoard(options);
  const client = await openLoader(board.port);
  await client.command(0x0d, words(0, 0));
  return { board, client };
};

const blocksOf = (data: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(data.length / BLOCK) }, (_, index) =>
    data.subarray(index * BLOCK, (index + 1) * BLOCK),
  );

test.each([
  { what: "plain", begin: 0x02, write: 0x03, packed: (data: Uint8Array) => data },
  {
    what: "compressed",
    begin: 0x10,
    write: 0x11,
    packed: (data: Uint8Array) => Uint8Array.from(deflateSync(data)),
  },
])(
  "the ROM writes $what data without a stub, and erases whole sectors before",
  async ({ begin, write, packed }) => {
    const { board, client } = await romOn({ flash: new Uint8Array(0x8000) });
    const data = pattern(0x1400, 1);
    const blocks = blocksOf(packed(data));
    await client.command(begin, words(data.length, blocks.length, BLOCK, 0x1800));
    expect(board.flash.indexOf(0xff)).toBe(0x1000);
    expect(board.flash.indexOf(0, 0x1000)).toBe(0x3000);
    for (const [index, block] of blocks.entries())
      expect(hex((await sendBlock(client, write, block, index))?.body)).toBe("00000000");
    expect(Buffer.compare(board.flash.subarray(0x1800, 0x2c00), data)).toBe(0);
    await client.close();
  },
);

test("the ROM reads back what it writes", async () => {
  const { client } = await romOn({ faults: [{ kind: "stuck", offset: 0x10, size: 1 }] });
  await client.command(0x02, words(BLOCK, 1, BLOCK, 0));
  expect(hex((await sendBlock(client, 0x03, new Uint8Array(BLOCK), 0))?.body)).toBe("01080000");
  await client.close();
});

test.each([
  { argument: 0, running: "rom" },
  { argument: 1, running: "flash" },
])("an end of writing with $argument leads to $running", async ({ argument, running }) => {
  const { board, client } = await romOn();
  await client.command(0x04, words(argument));
  expect(board.running()).toBe(running);
  await client.close();
});

test("RAM code without an entry is not started: the flash is", async () => {
  const { board, client } = await romOn();
  await client.command(0x06, words(1, 0));
  expect(board.running()).toBe("flash");
  await client.close();
});

test("a reset while a block is being unpacked: no answer, and nothing is written", async () => {
  const { board, client } = await romOn();
  const packed = Uint8Array.from(deflateSync(new Uint8Array(BLOCK)));
  await client.command(0x10, words(BLOCK, 1, BLOCK, 0));
  const before = board.counters().down;
  const request = requestPacket(0x11, concat([words(packed.length, 0, 0, 0), packed]), checksumOf(packed));
  const sending = client.send(encodeSlip(request));
  await pullLines(board.port, [[false, true]]);
  await sending;
  await turn();
  expect(board.counters().down).toBe(before);
  expect(board.flash.every((byte) => byte === 0xff)).toBe(true);
  expect(board.running()).toBe("reset");
  await client.close();
});
