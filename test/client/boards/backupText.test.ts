import { describe, expect, test } from "vitest";
import { backupText, isUnfinished, newFolderName } from "../../../client/boards/backupText";
import type { BackupRegion } from "../../../core/job/backup";
import { chipOf } from "../../core/job/boards";

const MAC = "24:6f:28:00:00:01";
const region = (address: number, sha256: string | undefined): BackupRegion => ({
  name: "nvs",
  address,
  size: 0x6000,
  file: `nvs-${address}.bin`,
  sha256,
});

describe("a backup in a list", () => {
  function checkText(regions: readonly BackupRegion[], text: string, unfinished: boolean): void {
    test(text, () => {
      const backup = { chip: chipOf("esp32"), mac: MAC, flashSize: 0x400000, regions };
      expect(backupText(backup)).toBe(text);
      expect(isUnfinished(backup)).toBe(unfinished);
    });
  }

  checkText([region(0, "00")], `ESP32 ${MAC} · 24 KB in 1 file`, false);
  checkText(
    [region(0, "00"), region(0x6000, undefined)],
    `ESP32 ${MAC} · 48 KB in 2 files · not finished`,
    true,
  );
});

test("a new folder has a name that every system takes", () => {
  expect(newFolderName(MAC, new Date(2025, 0, 9, 23, 59))).toBe("24-6f-28-00-00-01-2025-01-09");
});
