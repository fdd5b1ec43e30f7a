import { expect, test } from "vitest";
import { type ChipId, chipById } from "../../../core/chip/targets";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { chipModel, virtualChips } from "../../../device/virtualBoard/chips";
import { words } from "../../support/bytes";
import { openLoader, openStub, type ProtocolClient } from "../support/protocolClient";

const MAC = "24:0a:c4:12:34:56";
const READ_REG = 0x0a;

const readRegister = async (client: ProtocolClient, address: number): Promise<number | undefined> =>
  (await client.command(READ_REG, words(address)))?.value;

const registersOf = async (options: VirtualBoardOptions, addresses: readonly number[]) => {
  const board = virtualBoard(options);
  const client = await openLoader(board.port);
  const values: (number | undefined)[] = [];
  for (const address of addresses) values.push(await readRegister(client, address));
  await client.close();
  return values;
};

test("there are virtual boards of chips that the project knows", () => {
  expect(virtualChips.map((id) => chipById(id)?.id)).toEqual(virtualChips);
  expect(virtualChips).toEqual(expect.arrayContaining(["esp32", "esp32s3", "esp32c3"]));
});

test.each<{ chip: ChipId; low: number; high: number }>([
  { chip: "esp32", low: 0x3ff5a004, high: 0x3ff5a008 },
  { chip: "esp32s2", low: 0x3f41a044, high: 0x3f41a048 },
  { chip: "esp32s3", low: 0x60007044, high: 0x60007048 },
  { chip: "esp32c3", low: 0x60008844, high: 0x60008848 },
  { chip: "esp32c6", low: 0x600b0844, high: 0x600b0848 },
])("$chip has its MAC in two words of its fuses", async ({ chip, low, high }) => {
  const [lowWord, highWord] = await registersOf({ chip, mac: MAC }, [low, high]);
  expect(lowWord).toBe(0xc4123456);
  expect((highWord ?? 0) & 0xffff).toBe(0x240a);
});

test("the ESP32's MAC is followed by its CRC-8", async () => {
  const oneWireCrc = (bytes: readonly number[]): number => {
    let crc = 0;
    for (const byte of bytes) {
      for (let bit = 0; bit < 8; bit++) {
        const mix = (crc ^ (byte >> bit)) & 1;
        crc = (crc >> 1) ^ (mix ? 0x8c : 0);
      }
    }
    return crc;
  };
  const [word] = await registersOf({ mac: MAC }, [0x3ff5a008]);
  expect((word ?? 0) >> 16).toBe(oneWireCrc([0x24, 0x0a, 0xc4, 0x12, 0x34, 0x56]));
});

test.each<{ what: string; options: VirtualBoardOptions; address: number; bits: number; value: number }>([
  { what: "revision 1", options: { revision: 100 }, address: 0x3ff5a00c, bits: 1 << 15, value: 1 << 15 },
  { what: "revision 0", options: { revision: 0 }, address: 0x3ff5a00c, bits: 1 << 15, value: 0 },
  { what: "revision 2", options: { revision: 200 }, address: 0x3ff5a014, bits: 1 << 20, value: 1 << 20 },
  {
    what: "revision 3.1, its minor",
    options: { revision: 301 },
    address: 0x3ff5a014,
    bits: 3 << 24,
    value: 1 << 24,
  },
  {
    what: "flash encryption",
    options: { security: { flashEncryption: true } },
    address: 0x3ff5a000,
    bits: 0x7f << 20,
    value: 1 << 20,
  },
  {
    what: "Secure Boot v1",
    options: { security: { secureBoot: "v1" } },
    address: 0x3ff5a018,
    bits: 0x30,
    value: 0x10,
  },
  {
    what: "Secure Boot v2",
    options: { security: { secureBoot: "v2" } },
    address: 0x3ff5a018,
    bits: 0x30,
    value: 0x20,
  },
  {
    what: "revision 1.9 of an S3, low bits",
    options: { chip: "esp32s3", revision: 109 },
    address: 0x60007050,
    bits: 7 << 18,
    value: 1 << 18,
  },
  {
    what: "revision 1.9 of an S3, high bits",
    options: { chip: "esp32s3", revision: 109 },
    address: 0x60007058,
    bits: 7 << 23,
    value: 3 << 23,
  },
  {
    what: "flash encryption of a C3",
    options: { chip: "esp32c3", security: { flashEncryption: true } },
    address: 0x60008834,
    bits: 7 << 18,
    value: 1 << 18,
  },
  {
    what: "Secure Boot of a C3",
    options: { chip: "esp32c3", security: { secureBoot: "v2" } },
    address: 0x60008838,
    bits: 1 << 20,
    value: 1 << 20,
  },
])("$what stands in the fuses", async ({ options, address, bits, value }) => {
  const [word] = await registersOf(options, [address]);
  expect((word ?? 0) & bits).toBe(value);
});

test("the clock divider tells the rate at which the ROM was greeted", async () => {
  const [divider] = await registersOf({}, [0x3ff40014]);
  expect(divider).toBe(Math.round(40_000_000 / 115200));
});

test.each<{ connection: NonNullable<VirtualBoardOptions["connection"]>; value: number }>([
  { connection: "usb bridge", value: 0 },
  { connection: "usb serial jtag", value: 4 },
])(
  "the ROM of an ESP32-S3 remembers that it is spoken to over a $connection",
  async ({ connection, value }) => {
    expect(await registersOf({ chip: "esp32s3", connection }, [0x3fcef14c])).toEqual([value]);
  },
);

/** What every client does to learn the flash id: a command through the user registers of the SPI controller. */
const flashId = async (client: ProtocolClient, chip: ChipId): Promise<number | undefined> => {
  const spi = chipModel(chip)?.spi;
  if (!spi) throw new Error("no such chip");
  const write = (address: number, value: number) =>
    client.command(0x09, words(address, value, 0xffffffff, 0));
  await write(spi.misoLength, 23);
  await write(spi.user, ((1 << 31) | (1 << 28)) >>> 0);
  await write(spi.user2, ((7 << 28) | 0x9f) >>> 0);
  await write(spi.base, 1 << 18);
  expect(await readRegister(client, spi.base)).toBe(0);
  return readRegister(client, spi.buffer);
};

test.each<{ chip: ChipId; flashSize: number; id: number }>([
  { chip: "esp32", flashSize: 0x400000, id: 0x1640c8 },
  { chip: "esp32s3", flashSize: 0x800000, id: 0x1740c8 },
  { chip: "esp32c3", flashSize: 0x1000000, id: 0x1840c8 },
])("$chip with $flashSize bytes of flash gives its id", async ({ chip, flashSize, id }) => {
  const board = virtualBoard({ chip, flashSize });
  const client = await openStub(board.port);
  expect(await flashId(client, chip)).toBe(id);
  await client.close();
});

test("nobody answers on the SPI bus before SPI_ATTACH", async () => {
  const board = virtualBoard();
  const client = await openLoader(board.port);
  expect(await flashId(client, "esp32")).toBe(0xffffff);
  await client.command(0x0d, words(0, 0));
  expect(await flashId(client, "esp32")).toBe(0x1640c8);
  await client.close();
});

test("a masked write changes only the bits of its mask", async () => {
  const board = virtualBoard();
  const client = await openLoader(board.port);
  const address = 0x3ffe0000;
  await client.command(0x09, words(address, 0x12345678, 0xffffffff, 0, address, 0xffffffff, 0xff00, 0));
  expect(await readRegister(client, address)).toBe(0x1234ff78);
  await client.close();
});
