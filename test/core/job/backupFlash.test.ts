import { expect, test } from "vitest";
import { type Backup, parseBackup } from "../../../core/job/backup";
import { backupFlash } from "../../../core/job/backupFlash";

const FLASH = 0x400000;

function failed(message: string): never {
  throw new Error(message);
}

const backupOf = (size: number): Backup => {
  const parsed = parseBackup(
    JSON.stringify({
      format: "crossflash-backup",
      version: 1,
      chip: "esp32",
      mac: "24:6f:28:00:00:01",
      flashSize: FLASH,
      regions: [{ name: "table", address: 0x8000, size, file: "table.bin", sha256: HASH }],
    }),
  );
  return parsed.ok ? parsed.value : failed(parsed.message);
};
/** Of 4096 bytes 0x5a. */
const HASH = "f302957da5220938a7e3e51a8718c79b9e00dc13ab2119e8cfc978f041720382";
const stored = new Uint8Array(0x1000).fill(0x5a);

test("the flash of a backup is blank where the backup holds nothing", () => {
  const flash = backupFlash(backupOf(0x1000), new Map([["table.bin", stored]]));
  const bytes = flash.ok ? flash.value : failed(flash.message);
  expect([bytes.length, bytes[0x7fff], bytes[0x8000], bytes[0x9000]]).toEqual([FLASH, 0xff, 0x5a, 0xff]);
});

test("a backup that is not whole is refused", () => {
  const flash = backupFlash(backupOf(0x1000), new Map());
  expect(flash.ok ? "" : flash.message).toContain("'table.bin' of the backup is missing");
});
