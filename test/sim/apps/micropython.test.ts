import { describe, expect, it } from "vitest";
import { blankEntry, OtaState, otaEntry } from "../../../core/ota/otadata";
import { micropython } from "../../../core/sim/apps/micropython";
import { type CutPoint, runDevice } from "../../../core/sim/device";
import { readFlash, writeFlash } from "../../../core/sim/flash/flash";
import { ascii } from "../../support/bytes";
import {
  type FlashFixture,
  images,
  makeFlash,
  makeSetup,
  OTA_ROWS,
  OTADATA,
  SLOT_1,
  stateOf,
  VFS,
} from "../support/deviceFixture";

const installed: FlashFixture = {
  apps: [[SLOT_1, images.micropython.bytes]],
  otadata: [otaEntry(2), blankEntry],
};
const setup = makeSetup();
const started = runDevice(setup, stateOf(makeFlash(installed)));
const textOf = (run: ReturnType<typeof runDevice>): string => run.log.map(({ text }) => text).join("\n");

describe("MicroPython's first start", () => {
  it("makes a filesystem in three sectors, and ends at the prompt", () => {
    expect(started).toMatchObject({ end: "idle", app: "micropython", offset: SLOT_1 });
    expect(started.operations.map(({ op, offset, step, app }) => [op, offset, step, app])).toEqual(
      [0, 1, 2].flatMap((block) =>
        ["erase", "write"].map((op) => [op, VFS + block * 0x1000, "first-start", "micropython"]),
      ),
    );
    for (const block of [0, 1])
      expect(readFlash(started.state.flash, VFS + block * 0x1000 + 8, 8)).toEqual(ascii("littlefs"));
    expect(textOf(started)).toContain("Performing initial setup");
    expect(started.log.at(-1)?.text).toBe(">>> ");
  });

  it("and the second one finds it", () => {
    const again = runDevice(setup, started.state);
    expect(again).toMatchObject({ end: "idle", app: "micropython", operations: [] });
    expect(textOf(again)).not.toContain("Performing initial setup");
  });
});

describe("what it finds in its partition", () => {
  const rowsWith = (label: string, size = 0x170000) =>
    OTA_ROWS.map((row) => (row.label === "vfs" ? { ...row, label, size } : row));
  it.each<{
    what: string;
    fixture: FlashFixture;
    at?: number;
    bytes?: Uint8Array;
    end: string;
    says: string;
  }>([
    {
      what: "a byte of something else",
      fixture: installed,
      at: VFS + 0xfff,
      bytes: Uint8Array.of(0),
      end: "waiting",
      says: "The filesystem appears to be corrupted.",
    },
    {
      what: "a byte behind the first sector",
      fixture: installed,
      at: VFS + 0x1000,
      bytes: Uint8Array.of(0),
      end: "idle",
      says: ">>> ",
    },
    {
      what: "half a superblock",
      fixture: installed,
      at: VFS,
      bytes: ascii("\u0001\u0000\u0000\u0000"),
      end: "waiting",
      says: "The filesystem appears to be corrupted.",
    },
    {
      what: "the label of FAT",
      fixture: { ...installed, rows: rowsWith("ffat") },
      end: "idle",
      says: ">>> ",
    },
    {
      what: "another label",
      fixture: { ...installed, rows: rowsWith("spiffs") },
      end: "waiting",
      says: "There is no partition for a filesystem.",
    },
    {
      what: "a partition of two sectors",
      fixture: { ...installed, rows: rowsWith("vfs", 0x2000) },
      end: "waiting",
      says: "There is no partition for a filesystem.",
    },
    {
      what: "a table without MD5 row",
      fixture: { ...installed, md5Row: "none" },
      end: "waiting",
      says: "There is no partition for a filesystem.",
    },
  ])("$what", ({ fixture, at, bytes, end, says }) => {
    const flash = makeFlash(fixture);
    const run = runDevice(setup, stateOf(at !== undefined && bytes ? writeFlash(flash, at, bytes) : flash));
    expect(run).toMatchObject({ end, app: "micropython" });
    expect(textOf(run)).toContain(says);
  });

  it("is not corrupted by a power loss once its first superblock is whole, but by one while it is written", () => {
    const endAfter = (operation: number, at: CutPoint): string =>
      runDevice(setup, stateOf(makeFlash(installed)), { cut: { operation, at } }).end;
    expect(
      [0, 1, 2, 3, 4, 5].flatMap((operation) =>
        (["before", "after"] as const).map((at) => endAfter(operation, at)),
      ),
    ).toEqual(new Array(12).fill("idle"));
    expect(endAfter(1, "middle")).toBe("waiting");
    expect((["begun", "middle", "almost"] as const).map((at) => endAfter(3, at))).toEqual([
      "idle",
      "idle",
      "idle",
    ]);
  });
});

describe("on trial", () => {
  const onTrial: FlashFixture = { ...installed, otadata: [otaEntry(2, OtaState.new), blankEntry] };
  const stateAfter = (confirms: boolean): number | undefined => {
    const rollback = makeSetup(
      { micropython: micropython({ confirms }) },
      { kind: "rollback", idfVersion: "v5.0" },
    );
    return readFlash(runDevice(rollback, stateOf(makeFlash(onTrial))).state.flash, OTADATA + 24, 1)[0];
  };
  it("confirms itself where its boot.py does", () => {
    expect(stateAfter(true)).toBe(OtaState.valid);
    expect(stateAfter(false)).toBe(OtaState.pendingVerify);
  });
});
