import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { compressed, compressionRatio } from "../../../device/flasher/compress";
import { concat, pattern } from "../../support/bytes";

const BLOCK = 0x4000;

const checkBlocks = async (bytes: Uint8Array, count: number): Promise<void> => {
  const blocks = await compressed(bytes, BLOCK);
  expect(blocks.length).toBe(count);
  const stream = concat(blocks.map((block) => block.bytes));
  expect(Buffer.compare(inflateSync(stream), bytes)).toBe(0);
  expect(blocks.slice(0, -1).every((block) => block.bytes.length === BLOCK)).toBe(true);
  expect(blocks.reduce((sum, { size }) => sum + size, 0)).toBe(bytes.length);
};

test.each([
  { what: "one byte", bytes: Uint8Array.of(7), count: 1 },
  { what: "a block", bytes: pattern(0x3000, 1), count: 1 },
  { what: "what does not compress", bytes: pattern(0x10000, 2), count: 5 },
  { what: "a megabyte of nothing", bytes: new Uint8Array(0x100000), count: 1 },
  { what: "both", bytes: concat([new Uint8Array(0x20000), pattern(0x8000, 3)]), count: 3 },
])("$what", ({ bytes, count }) => checkBlocks(bytes, count));

test("the ratio of parts", async () => {
  expect(await compressionRatio([])).toBe(1);
  expect(await compressionRatio([pattern(0x1000, 1)])).toBeGreaterThan(0.99);
  expect(await compressionRatio([new Uint8Array(0x1000), new Uint8Array(0x1000)])).toBeLessThan(0.02);
});
