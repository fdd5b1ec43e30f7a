import { expect, test } from "vitest";
import type { ChipId } from "../../../core/chip/targets";
import type { ConnectOptions } from "../../../device/flasher";
import { connectWith } from "../../../device/flasher/connect";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { turnClock } from "../support/turnClock";

const connect = connectWith(turnClock());

const checkIdentity = async (
  board: VirtualBoardOptions,
  identity: object,
  options: ConnectOptions = {},
): Promise<void> => {
  const { port, running } = virtualBoard(board);
  const connected = await connect(port, options);
  const { chip, ...rest } = connected.identity;
  expect({ chip: chip.id, ...rest }).toEqual({
    mac: "24:0a:c4:00:00:01",
    flashId: 0x1640c8,
    flashSize: 0x400000,
    security: { flashEncryption: "off", secureBoot: "off" },
    ...identity,
  });
  expect(running()).toBe("stub");
  await connected.close();
};

const CHIPS: readonly [chip: ChipId, revision: number][] = [
  ["esp32", 0],
  ["esp32", 301],
  ["esp32s2", 1],
  ["esp32s2", 109],
  ["esp32s3", 2],
  ["esp32s3", 109],
  ["esp32c3", 4],
  ["esp32c3", 111],
  ["esp32c6", 2],
  ["esp32c6", 102],
];

test.each(
  CHIPS.flatMap(([chip, revision]) =>
    (["usb bridge", "usb serial jtag"] as const).map((connection) => ({ chip, revision, connection })),
  ),
)("$chip v$revision over $connection", ({ chip, revision, connection }) =>
  checkIdentity({ chip, revision, connection }, { chip, revision }),
);
