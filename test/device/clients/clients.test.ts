import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { ChipId } from "../../../core/chip/targets";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { concat, pattern } from "../../support/bytes";
import type { ClientOf } from "./client";

import { esptoolJs } from "./esptoolJs";
import { espWebFlasher, tasmota } from "./webClients";

const MAC = "24:0a:c4:12:34:56";
const ADDRESS = 0x10000;
/** Two blocks of what does not compress, and much that does. */
const IMAGE = concat([pattern(0x6000, 1), new Uint8Array(0x8000), pattern(0x1800, 2)]);

/** Connects, writes, reads back and verifies. What was in flash before is neither blank nor the same. */
const checkClient = async (clientOf: ClientOf, chip: ChipId, name: string): Promise<void> => {
  const board = virtualBoard({ chip, mac: MAC, flashSize: 0x100000, flash: pattern(0x40000, 3) });
  const client = await clientOf(board.port);
  expect(await client.connect()).toEqual({ chip: name, mac: MAC });
  expect(board.running()).toBe("stub");
  await client.write(ADDRESS, IMAGE);
  const hash = createHash("md5").update(IMAGE).digest("hex");
  expect(await client.md5(ADDRESS, IMAGE.length)).toBe(hash);
  const read = await client.read(ADDRESS, IMAGE.length);
  expect(Buffer.compare(read, IMAGE)).toBe(0);
  expect(Buffer.compare(board.flash.subarray(ADDRESS, ADDRESS + IMAGE.length), IMAGE)).toBe(0);
  await client.close();
};

const CASES: readonly { what: string; clientOf: ClientOf; chip: ChipId; name: string }[] = [
  { what: "esptool-js", clientOf: esptoolJs, chip: "esp32", name: "ESP32" },
  { what: "esptool-js", clientOf: esptoolJs, chip: "esp32c6", name: "ESP32-C6" },
  { what: "tasmota-webserial-esptool", clientOf: tasmota, chip: "esp32", name: "ESP32" },
  { what: "tasmota-webserial-esptool", clientOf: tasmota, chip: "esp32c3", name: "ESP32-C3" },
  { what: "esp-web-flasher", clientOf: espWebFlasher, chip: "esp32", name: "ESP32" },
  { what: "esp-web-flasher", clientOf: espWebFlasher, chip: "esp32s3", name: "ESP32-S3" },
];

test.concurrent.each(CASES)("$what writes an $name and reads it back", ({ clientOf, chip, name }) =>
  checkClient(clientOf, chip, name),
);
