import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Backup, parseBackup, printBackup } from "../../../core/job/backup";
import { preflight } from "../../../core/job/preflight";
import { backupGaps, restoreBackup } from "../../../core/job/restoreBackup";
import { blank, pattern } from "../../support/bytes";
import {
  MICROPYTHON_ROWS,
  makeApp,
  makeBootloader,
  makeCombined,
  makeTable,
} from "../../support/imageFixture";
import { blankFlash, board, chipOf, flashed, lines, made, refusedAs } from "./boards";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const MAC = "24:6f:28:00:00:01";

/** A backup of these bytes at these addresses, each in a file of its own. */
function backupOf(...pieces: readonly (readonly [address: number, bytes: Uint8Array])[]) {
  const files = new Map(pieces.map(([address, bytes]) => [`${address}.bin`, bytes]));
  const regions = pieces.map(([address, bytes]) => ({
    name: `at ${address}`,
    address,
    size: bytes.length,
    file: `${address}.bin`,
    sha256: sha256(bytes),
  }));
  const backup: Backup = { chip: chipOf("esp32"), mac: MAC, flashSize: 0x400000, regions };
  return { backup, files };
}

const dump = makeCombined({ flashOffset: 0, size: 0x400000 });
const valid = JSON.parse(printBackup(backupOf([0x1000, makeBootloader()], [0x8000, makeTable([])]).backup));
const [first, second] = valid.regions;

describe("a manifest", () => {
  it("comes back as it was, finished or not", () => {
    const { backup } = backupOf([0, blank(10)], [0x1000, blank(20)]);
    const [done, open] = backup.regions;
    const half: Backup = {
      ...backup,
      regions: [done, open && { ...open, sha256: undefined }].flatMap((region) => region ?? []),
    };
    for (const one of [backup, half]) expect(parseBackup(printBackup(one))).toEqual({ ok: true, value: one });
  });

  it("is put in order, and its letters are made small", () => {
    const shuffled = {
      ...valid,
      mac: MAC.toUpperCase(),
      regions: [second, { ...first, sha256: first.sha256.toUpperCase() }],
    };
    expect(parseBackup(JSON.stringify(shuffled))).toEqual(parseBackup(JSON.stringify(valid)));
  });

  it.each<[string, unknown, string, string]>([
    ["is no JSON", "{", "syntax", "no JSON object"],
    ["is a list", [], "syntax", "no JSON object"],
    ["is empty", "", "syntax", "no JSON object"],
    ["is something else", { name: "package" }, "format", "crossflash-backup"],
    ["is from the future", { ...valid, version: 2 }, "version", "version 2"],
    ["is of a chip unknown here", { ...valid, chip: "esp8266" }, "value", '"esp8266"'],
    ["has no chip", { ...valid, chip: undefined }, "value", "missing"],
    ["has no MAC", { ...valid, mac: "me" }, "value", "six pairs"],
    ["has no flash size", { ...valid, flashSize: "4MB" }, "value", '"4MB"'],
    ["has no regions", { ...valid, regions: [] }, "value", "nothing to restore"],
    [
      "has a region that is none",
      { ...valid, regions: [first, null] },
      "value",
      "Region 2 of the backup is no object: null",
    ],
    ["has a region without a name", { ...valid, regions: [{ ...first, name: 1 }] }, "value", '"name"'],
    [
      "has a name that commands a terminal",
      { ...valid, regions: [{ ...first, name: "\u001b[2J" }] },
      "value",
      '"name"',
    ],
    ["has a negative address", { ...valid, regions: [{ ...first, address: -1 }] }, "value", '"address"'],
    ["has half an address", { ...valid, regions: [{ ...first, address: 0.5 }] }, "value", '"address"'],
    ["has a region of nothing", { ...valid, regions: [{ ...first, size: 0 }] }, "value", '"size"'],
    [
      "has a region behind the flash",
      { ...valid, regions: [{ ...first, address: 0x3fffff }] },
      "value",
      "the flash ends at 0x400000",
    ],
    ["has half a hash", { ...valid, regions: [{ ...first, sha256: "abc" }] }, "value", "64 hex digits"],
    [
      "has regions that overlap",
      { ...valid, regions: [first, { ...second, address: 0x1001 }] },
      "overlap",
      "hold 0x1001",
    ],
    [
      "has a file twice",
      { ...valid, regions: [first, { ...second, file: first.file }] },
      "value",
      "4096.bin",
    ],
    ...[
      "../x.bin",
      "a/b.bin",
      "a\\b.bin",
      "C:x",
      "/etc/passwd",
      "..",
      ".x",
      "x.",
      "",
      "a\nb",
      "x".repeat(101),
      5,
    ].map((file): [string, unknown, string, string] => [
      `names the file ${JSON.stringify(file).slice(0, 20)}`,
      { ...valid, regions: [{ ...first, file }] },
      "value",
      '"file"',
    ]),
  ])("that %s is refused", (_, manifest, reason, words) => {
    const text = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
    const failure = refusedAs(parseBackup(text));
    expect(failure.reason).toBe(reason);
    expect(failure.message).toContain(words);
  });

  it("may hold the flash to its last byte", () => {
    const last = { ...first, address: 0x400000 - first.size };
    expect(parseBackup(JSON.stringify({ ...valid, regions: [last] })).ok).toBe(true);
    const failure = refusedAs(
      parseBackup(JSON.stringify({ ...valid, regions: [second, { ...last, size: first.size + 1 }] })),
    );
    expect(failure.message).toContain(`Region 2 of the backup: "size" must be at most ${first.size}`);
  });

  it("may be anything without harm", () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(first, second, valid, 0x1000, MAC));
    fc.assert(fc.property(fc.string(), (text) => void parseBackup(text)));
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(valid)),
        fc.constantFrom(...Object.keys(first)),
        value,
        (key, inner, any) => {
          parseBackup(JSON.stringify({ ...valid, [key]: any }));
          const read = parseBackup(JSON.stringify({ ...valid, regions: [{ ...first, [inner]: any }] }));
          if (read.ok) expect(parseBackup(printBackup(read.value))).toEqual(read);
        },
      ),
    );
    expect(parseBackup("[".repeat(100_000))).toMatchObject({ ok: false, reason: "syntax" });
    expect(parseBackup(" ".repeat(2 ** 20 + 1))).toMatchObject({ ok: false, reason: "syntax" });
  });
});

describe("a backup", () => {
  it("of a whole flash is told apart into its parts and comes back to the byte", () => {
    const { backup, files } = backupOf([0, dump]);
    const job = made(restoreBackup(backup, files));
    expect(lines({ ok: true, value: job })).toEqual([
      "erase unused other 0x0 0x1000",
      "write bootloader bootloader 0x1000 0x7000",
      "write partition table table 0x8000 0x1000",
      "erase nvs other 0x9000 0x6000",
      "erase phy_init other 0xf000 0x1000",
      "write factory app 0x10000 0x1f0000",
      "erase vfs filesystem 0x200000 0x200000",
    ]);
    expect(Buffer.compare(flashed(job, pattern(0x400000, 1)), dump)).toBe(0);
    expect(preflight(job, board())).toEqual([]);
    expect(preflight(job, board({ mac: "24:6f:28:00:00:02" })).map(({ id }) => id)).toEqual(["other-board"]);
    expect(preflight(job, board({ flashSize: 0x200000 })).map(({ id }) => id)).toContain("flash-too-small");
  });

  it("of parts is named by what they are, whatever they are called", () => {
    const { backup, files } = backupOf(
      [0x1000, makeBootloader()],
      [0x8000, makeTable(MICROPYTHON_ROWS)],
      [0x9000, blank(0x1001)],
      [0x10000, makeApp({ size: 0x1000 })],
      [0x200000, pattern(100, 1)],
    );
    const job = restoreBackup(backup, files);
    expect(made(job).regions.map(({ kind, purpose }) => `${kind} ${purpose}`)).toEqual([
      "write bootloader",
      "write table",
      "erase other",
      "write app",
      "write other",
    ]);
    const flash = flashed(made(job), blankFlash());
    for (const { address, size, file } of backup.regions)
      expect(Buffer.compare(flash.subarray(address, address + size), files.get(file) ?? blank(0))).toBe(0);
  });

  const piece = pattern(0x1000, 1);
  it.each<[string, (backup: ReturnType<typeof backupOf>) => void, string]>([
    ["a file is missing", ({ files }) => void files.clear(), "'4096.bin' of the backup is missing"],
    [
      "a file was changed",
      ({ files }) => void files.set("4096.bin", pattern(0x1000, 2)),
      "The SHA-256 of '4096.bin'",
    ],
    [
      "a file was cut off",
      ({ files }) => void files.set("4096.bin", piece.slice(1)),
      "has 4095 bytes, but the backup says 4096",
    ],
  ])("is not restored where %s", (_, damage, words) => {
    const made = backupOf([0x1000, piece]);
    damage(made);
    const failure = refusedAs(restoreBackup(made.backup, made.files));
    expect(failure).toMatchObject({ reason: "backup", at: 0x1000 });
    expect(failure.message).toContain(words);
  });

  it("is not restored while it is not finished", () => {
    const { backup, files } = backupOf([0x1000, piece]);
    const regions = backup.regions.map((region) => ({ ...region, sha256: undefined }));
    expect(refusedAs(restoreBackup({ ...backup, regions }, files)).message).toContain(
      "Resume the backup first",
    );
  });

  it("tells what of the flash it does not hold", () => {
    expect(backupGaps(backupOf([0, dump]).backup)).toEqual([]);
    expect(backupGaps(backupOf([0x1000, piece], [0x2000, piece], [0x8000, piece]).backup)).toEqual([
      { address: 0, size: 0x1000 },
      { address: 0x3000, size: 0x5000 },
      { address: 0x9000, size: 0x3f7000 },
    ]);
  });
});
