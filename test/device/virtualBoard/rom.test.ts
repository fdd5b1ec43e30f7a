import { expect, test } from "vitest";
import type { ChipId } from "../../../core/chip/targets";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { enterLoader, openClient, SYNC_DATA } from "../support/protocolClient";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");

interface Exchange {
  readonly what: string;
  readonly board?: VirtualBoardOptions;
  /** Packets without their frames; only the answer to the last one is looked at. */
  readonly requests: readonly string[];
  readonly answer: string;
}

const SYNC = `00082400 00000000 ${Buffer.from(SYNC_DATA).toString("hex")}`;
const ATTACH = "000d0800 00000000 00000000 00000000";
const on = (chip: ChipId): VirtualBoardOptions => ({ chip });
const frame = (packet: string): string => `c0${packet.replaceAll(" ", "")}c0`;

/** The first four are bytes of real boards, as they stand in traces that people have published. */
const EXCHANGES: readonly Exchange[] = [
  {
    what: "SYNC is answered eight times",
    requests: [SYNC],
    answer: frame("01080400 07071220 00000000").repeat(8),
  },
  {
    what: "the magic word of the ESP32",
    requests: ["000a0400 00000000 00100040"],
    answer: frame("010a0400 831df000 00000000"),
  },
  {
    what: "the date of the UART",
    requests: ["000a0400 00000000 78000060"],
    answer: frame("010a0400 00251215 00000000"),
  },
  {
    what: "package and revision bits of an ESP32-D0WD",
    requests: ["000a0400 00000000 0ca0f53f"],
    answer: frame("010a0400 00a20000 00000000"),
  },
  {
    what: "an answer without a value of its own repeats the last one",
    requests: [SYNC, ATTACH],
    answer: frame("010d0400 07071220 00000000"),
  },
  {
    what: "an ESP32 does not know GET_SECURITY_INFO: the last answer once more, failed",
    requests: [SYNC, "00140000 00000000"],
    answer: frame("01080400 07071220 01050000").repeat(8),
  },
  {
    what: "the stub's commands are unknown to the ROM",
    requests: ["000a0400 00000000 00100040", "00d00000 00000000"],
    answer: frame("010a0400 831df000 01050000"),
  },
  {
    what: "security info of an ESP32-S3 names the chip",
    board: on("esp32s3"),
    requests: ["00140000 00000000"],
    answer: frame("01141800 00000000 00000000 00000000 00000000 09000000 00000000 00000000"),
  },
  {
    what: "security info of an ESP32-S2 does not",
    board: on("esp32s2"),
    requests: ["00140000 00000000"],
    answer: frame("01141000 00000000 00000000 00000000 00000000 00000000"),
  },
  {
    what: "security info with everything on",
    board: { chip: "esp32c3", security: { flashEncryption: true, secureBoot: "v2", secureDownload: true } },
    requests: ["00140000 00000000"],
    answer: frame("01141800 00000000 05000000 01000000 00000000 05000000 00000000 00000000"),
  },
  {
    what: "secure download mode reads no registers",
    board: { chip: "esp32c3", security: { secureDownload: true } },
    requests: [SYNC, ATTACH, "000a0400 00000000 00100040"],
    answer: frame("010d0400 07071220 01050000"),
  },
  {
    what: "the MD5 is text",
    requests: [ATTACH, "00131000 00000000 00000000 00000000 00000000 00000000"],
    answer: frame(
      `01132400 00000000 ${Buffer.from("d41d8cd98f00b204e9800998ecf8427e").toString("hex")} 00000000`,
    ),
  },
  {
    what: "without SPI_ATTACH there is no flash to hash",
    requests: ["00131000 00000000 00000000 00100000 00000000 00000000"],
    answer: frame("01130400 00000000 01090000"),
  },
  {
    what: "without SPI_ATTACH there is no flash to erase",
    requests: ["00021000 00000000 00100000 01000000 00040000 00000000"],
    answer: frame("01020400 00000000 01060000"),
  },
  {
    what: "a block with a wrong checksum",
    requests: [
      ATTACH,
      "00021000 00000000 04000000 01000000 04000000 00000000",
      "00031400 00000000 04000000 00000000 00000000 00000000 01020304",
    ],
    answer: frame("01030400 00000000 01070000"),
  },
  {
    what: "a block that is shorter than it says",
    requests: [
      ATTACH,
      "00021000 00000000 04000000 01000000 04000000 00000000",
      "00031300 00000000 04000000 00000000 00000000 00000000 010203",
    ],
    answer: frame("01030400 00000000 01050000"),
  },
  {
    what: "a block without a beginning",
    requests: [ATTACH, "00031400 eb000000 04000000 00000000 00000000 00000000 01020304"],
    answer: frame("01030400 00000000 01060000"),
  },
  {
    what: "compressed data that is none",
    requests: [
      ATTACH,
      "00101000 00000000 04000000 01000000 04000000 00000000",
      "00111400 eb000000 04000000 00000000 00000000 00000000 01020304",
    ],
    answer: frame("01110400 00000000 010b0000"),
  },
  {
    what: "erasing beyond the end of the flash",
    requests: [ATTACH, "00021000 00000000 00100000 01000000 00040000 00004000"],
    answer: frame("01020400 00000000 01060000"),
  },
  {
    what: "slow reading always gives 64 bytes",
    requests: [ATTACH, "000e0800 00000000 00000000 02000000"],
    answer: frame(`010e4400 00000000 ffff ${"00".repeat(62)} 00000000`),
  },
  {
    what: "more RAM data than announced",
    requests: [
      "00051000 00000000 02000000 01000000 00180000 00000940",
      "00071400 eb000000 04000000 00000000 00000000 00000000 01020304",
    ],
    answer: frame("01070400 00000000 01060000"),
  },
  {
    what: "a response is no request",
    requests: ["010a0400 00000000 00100040"],
    answer: "",
  },
];

test.each(EXCHANGES)("$what", async ({ board: options, requests, answer }) => {
  const board = virtualBoard(options);
  const client = await openClient(board.port);
  await enterLoader(board.port, client);
  for (const request of requests) {
    await client.bytes();
    await client.send(bytes(frame(request)));
  }
  expect(hex(await client.bytes())).toBe(answer.replaceAll(" ", ""));
  await client.close();
});
