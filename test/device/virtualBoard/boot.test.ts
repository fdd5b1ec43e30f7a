import { expect, test } from "vitest";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { bootFromFlash } from "../../../device/virtualBoard/boot";
import { chipModel } from "../../../device/virtualBoard/chips";
import { ascii, blank, concat, padTo, words } from "../../support/bytes";
import {
  MICROPYTHON_ROWS,
  makeApp,
  makeBootloader,
  makeMicroPython,
  makeTable,
  type RowFixture,
} from "../../support/imageFixture";
import { HARD_RESET, openClient, pullLines } from "../support/protocolClient";

const FLASH_SIZE = 0x400000;
const OTA_ROWS: readonly RowFixture[] = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x5000 },
  { label: "otadata", type: 1, subtype: 0, offset: 0xe000, size: 0x2000 },
  { label: "app0", type: 0, subtype: 0x10, offset: 0x10000, size: 0x140000 },
  { label: "app1", type: 0, subtype: 0x11, offset: 0x150000, size: 0x140000 },
];
const WITH_FACTORY: readonly RowFixture[] = [
  ...OTA_ROWS,
  { label: "factory", type: 0, subtype: 0, offset: 0x290000, size: 0x100000 },
];

/** The CRC of the sequences 1, 2 and 3, as ESP-IDF's own functions give them. */
const CRC: Readonly<Record<number, number>> = { 1: 0x4743989a, 2: 0x55f63774, 3: 0xed4a5011 };
const otadata = (sequence: number, state = 0xffffffff): Uint8Array =>
  concat([words(sequence), blank(20), words(state, CRC[sequence] ?? 0)]);

type Piece = readonly [offset: number, bytes: Uint8Array];

const flashOf = (pieces: readonly Piece[]): Uint8Array => {
  const flash = blank(FLASH_SIZE);
  for (const [offset, bytes] of pieces) flash.set(bytes, offset);
  return flash;
};

const TABLE: Piece = [0x8000, makeTable(OTA_ROWS)];
const BOOTLOADER: Piece = [0x1000, makeBootloader({ idfVersion: "v5.2.2" })];
const APP_0: Piece = [0x10000, makeApp({ projectName: "first", version: "1.0" })];
const APP_1: Piece = [0x150000, makeApp({ projectName: "second" })];
const FACTORY: Piece = [0x290000, makeApp({ projectName: "factory" })];

const textOf = (pieces: readonly Piece[], revision = 300): string => {
  const chip = chipModel("esp32");
  if (!chip) throw new Error("there is no ESP32");
  return bootFromFlash(chip, revision, flashOf(pieces), 0x8000).text;
};

test.each<{ what: string; pieces: readonly Piece[]; revision?: number; lines: readonly string[] }>([
  { what: "an empty flash", pieces: [], lines: ["invalid header: 0xffffffff"] },
  { what: "an empty flash under the first ROM", pieces: [], revision: 100, lines: ["flash read err, 1000"] },
  {
    what: "a bootloader that is damaged",
    pieces: [[0x1000, padTo(BOOTLOADER[1].slice(0, -60), BOOTLOADER[1].length)]],
    lines: ["Checksum failed."],
  },
  {
    what: "a bootloader of another chip",
    pieces: [[0x1000, makeBootloader({ chip: "esp32s3" })]],
    lines: ["Invalid chip id. Expected 0 read 9. Bootloader for wrong chip?"],
  },
  {
    what: "a bootloader that knows an empty table, without one",
    pieces: [BOOTLOADER],
    lines: [
      "boot: ESP-IDF v5.2.2 2nd stage bootloader",
      "boot: No bootable app partitions in the partition table",
    ],
  },
  {
    what: "a bootloader without a table",
    pieces: [[0x1000, makeBootloader({ idfVersion: "v5.5" })]],
    lines: [
      "boot: ESP-IDF v5.5 2nd stage bootloader",
      "flash_parts: partition 0 invalid magic number 0xffff",
      "boot: Failed to verify partition table",
      "boot: load partition table error!",
    ],
  },
  {
    what: "a table whose MD5 is wrong",
    pieces: [BOOTLOADER, [0x8000, concat([makeTable(OTA_ROWS).slice(0, 158), blank(16)])]],
    lines: ["flash_parts: Incorrect MD5 checksum"],
  },
  {
    what: "a table that needs more flash than the bootloader's header says",
    pieces: [[0x1000, makeBootloader({ flashSize: "2MB" })], TABLE],
    lines: [
      "flash_parts: partition 3 invalid - offset 0x150000 size 0x140000 exceeds flash chip size 0x200000",
    ],
  },
  {
    what: "no app anywhere",
    pieces: [BOOTLOADER, TABLE],
    lines: [
      "esp_image: image at 0x10000 has invalid magic byte (nothing flashed here?)",
      "boot: OTA app partition slot 0 is not bootable",
      "boot: No bootable app partitions in the partition table",
    ],
  },
  {
    what: "an app of another chip",
    pieces: [BOOTLOADER, TABLE, [0x10000, makeApp({ chip: "esp32c3" })]],
    lines: ["esp_image: mismatch chip ID, expected 0, found 5"],
  },
  {
    what: "an app whose hash is wrong",
    pieces: [
      BOOTLOADER,
      TABLE,
      [0x10000, APP_0[1].map((byte, at) => (at === APP_0[1].length - 1 ? ~byte : byte))],
    ],
    lines: ["esp_image: Image hash failed - image is corrupt"],
  },
  {
    what: "an app that does not fit its slot",
    pieces: [
      BOOTLOADER,
      [0x8000, makeTable(OTA_ROWS.map((row) => (row.label === "app0" ? { ...row, size: 0x1000 } : row)))],
      [0x10000, makeApp({ size: 0x2000 })],
    ],
    lines: ["esp_image: Image length 8192 doesn't fit in partition length 4096"],
  },
  {
    what: "a table in good order",
    pieces: [BOOTLOADER, TABLE, APP_0],
    lines: [
      "load:0x3fff0030,len:80",
      "boot: ## Label            Usage          Type ST Offset   Length",
      "boot:  3 app1             OTA app          00 11 00150000 00140000",
      "boot: Loaded app from partition at offset 0x10000",
      "cpu_start: Project name:     first",
    ],
  },
])("$what is told at the start", ({ pieces, revision, lines }) => {
  const text = textOf(pieces, revision);
  for (const line of lines) expect(text).toContain(line);
});

const BOTH = [BOOTLOADER, TABLE, APP_0, APP_1];
const ALL = [BOOTLOADER, [0x8000, makeTable(WITH_FACTORY)] as const, APP_0, APP_1, FACTORY];

test.each<{ what: string; pieces: readonly Piece[]; project: string }>([
  { what: "blank otadata", pieces: BOTH, project: "first" },
  { what: "blank otadata and a factory app", pieces: ALL, project: "factory" },
  { what: "sequence 1", pieces: [...BOTH, [0xe000, otadata(1)]], project: "first" },
  { what: "sequence 2", pieces: [...BOTH, [0xe000, otadata(2)]], project: "second" },
  { what: "sequence 2 in the second sector", pieces: [...BOTH, [0xf000, otadata(2)]], project: "second" },
  {
    what: "the greater of two",
    pieces: [...BOTH, [0xe000, otadata(3)], [0xf000, otadata(2)]],
    project: "first",
  },
  {
    what: "the greater one marked invalid",
    pieces: [...BOTH, [0xe000, otadata(3, 3)], [0xf000, otadata(2)]],
    project: "second",
  },
  { what: "an aborted slot alone", pieces: [...ALL, [0xe000, otadata(2, 4)]], project: "factory" },
  {
    what: "a wrong CRC alone",
    pieces: [...BOTH, [0xe000, concat([words(2), blank(20), words(0xffffffff, 1)])]],
    project: "first",
  },
  {
    what: "a selected slot that is empty",
    pieces: [BOOTLOADER, TABLE, APP_0, [0xe000, otadata(2)]],
    project: "first",
  },
  {
    what: "only a slot above the selected one",
    pieces: [BOOTLOADER, TABLE, APP_1, [0xe000, otadata(1)]],
    project: "second",
  },
])("$what starts the $project app", ({ pieces, project }) => {
  expect(textOf(pieces)).toContain(`Project name:     ${project}`);
});

test("MicroPython has its prompt, and a soft reset brings its banner again", async () => {
  const board = virtualBoard({
    flash: flashOf([BOOTLOADER, [0x8000, makeTable(MICROPYTHON_ROWS)], [0x10000, makeMicroPython()]]),
  });
  const client = await openClient(board.port);
  await pullLines(board.port, HARD_RESET);
  const banner = "MicroPython v1.23.0 on 2024-06-02; Generic ESP32 module with ESP32\r\n";
  const text = Buffer.from(await client.bytes()).toString("latin1");
  expect(text.endsWith(`${banner}Type "help()" for more information.\r\n>>> `)).toBe(true);
  await client.send(ascii("1+1\r\x03\x04"));
  const echo = Buffer.from(await client.bytes()).toString("latin1");
  expect(echo).toBe(`1+1\r\n>>> \r\n>>> \r\nMPY: soft reboot\r\n${banner}>>> `);
  await client.close();
});

test("an app that is no MicroPython answers nothing", async () => {
  const board = virtualBoard({ flash: flashOf(BOTH) });
  const client = await openClient(board.port);
  await client.send(ascii("hello\r"));
  expect(await client.bytes()).toHaveLength(0);
  await client.close();
});
