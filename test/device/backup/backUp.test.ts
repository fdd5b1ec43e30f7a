import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { backUp, isFinished, type NamedRange, readBackup } from "../../../device/backup";
import type { Progress } from "../../../device/flasher/board";
import { BoardFault, type BoardFaultKind } from "../../../device/flasher/fault";
import { blank, pattern } from "../../support/bytes";
import { fakeBoard } from "../support/fakeBoard";

const root = mkdtempSync(join(tmpdir(), "crossflash-backup-"));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const freshFolder = (): string => join(root, `new-${++count}`, "deep");

const KB = 1024;
const MB = 1024 * KB;
/** Data, blank flash, data that ends in the middle of a piece, and blank flash again. */
const halfBlank = (): Uint8Array => {
  const flash = blank(4 * MB);
  flash.set(pattern(0x7000, 1), 0x1000);
  flash.set(pattern(1.5 * MB, 2), 0x10000);
  flash.set(pattern(0x5000, 3), 0x300000);
  return flash;
};
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function faultOf(work: Promise<unknown>, kind: BoardFaultKind): Promise<string> {
  const fault = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof BoardFault)) throw new Error(`no fault of a board: ${fault}`);
  expect(fault.kind).toBe(kind);
  return fault.message;
}

describe("a backup of the whole flash", () => {
  it("holds every byte, and says so in its manifest", async () => {
    const folder = freshFolder();
    const flash = halfBlank();
    const backup = await backUp(fakeBoard(flash), folder);
    expect(readdirSync(folder).sort()).toEqual(["backup.json", "flash.bin"]);
    expect(Buffer.compare(readFileSync(join(folder, "flash.bin")), flash)).toBe(0);
    expect(backup.regions).toEqual([
      { name: "flash", address: 0, size: 4 * MB, file: "flash.bin", sha256: sha256(flash) },
    ]);
    expect(isFinished(backup)).toBe(true);
    for (const path of [folder, join(folder, "backup.json")]) {
      const read = await readBackup(path);
      expect(read.backup).toEqual(backup);
      expect(read.files.get("flash.bin")?.length).toBe(4 * MB);
    }
  });

  it("does not read what is blank, and hardly asks where it is not", async () => {
    const board = fakeBoard(halfBlank());
    await backUp(board, freshFolder());
    expect(board.counts.readBytes).toBeLessThan(1.8 * MB);
    expect(board.counts.md5s).toBe(16);
    const full = fakeBoard(pattern(MB, 7));
    await backUp(full, freshFolder());
    expect(full.counts).toMatchObject({ readBytes: MB, md5s: 1 });
    const empty = fakeBoard(blank(4 * MB));
    await backUp(empty, freshFolder());
    expect(empty.counts).toMatchObject({ readBytes: 0, md5s: 8 });
  });

  it("tells how far it is, and never goes back", async () => {
    const told: Progress[] = [];
    await backUp(fakeBoard(halfBlank()), freshFolder(), { onProgress: (progress) => told.push(progress) });
    const done = told.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(told.at(-1)).toEqual({ phase: "read", region: "flash", doneBytes: 4 * MB, totalBytes: 4 * MB });
  });
});

describe("a backup of some regions", () => {
  const regions = [
    { name: "app/../1", address: 0x10000, size: 0x20000 },
    { name: "nvs", address: 0x9000, size: 0x5000 },
    { name: "NVS", address: 0xe000, size: 0x1000 },
    { name: "CON", address: 0xf000, size: 0x1000 },
    { name: "", address: 0x30000, size: 0x1000 },
  ];

  it("has a file for each, with a name that every system takes", async () => {
    const folder = freshFolder();
    const flash = pattern(MB, 4);
    const { regions: made } = await backUp(fakeBoard(flash), folder, { regions });
    expect(made.map(({ name, file }) => `${name}: ${file}`)).toEqual([
      "nvs: nvs.bin",
      "NVS: NVS-2.bin",
      "CON: region_CON.bin",
      "app/../1: app_1.bin",
      ": region_.bin",
    ]);
    for (const { file, address, size } of made)
      expect(Buffer.compare(readFileSync(join(folder, file)), flash.subarray(address, address + size))).toBe(
        0,
      );
  });

  it.each<[what: string, regions: readonly NamedRange[], said: string]>([
    [
      "that overlap",
      [...regions, { name: "x", address: 0xa000, size: 0x1000 }],
      "Two regions of the backup hold 0xa000",
    ],
    ["behind the end of the flash", [{ name: "x", address: MB - 1, size: 2 }], "the flash ends at 0x100000"],
    ["that begin inside a sector", [{ name: "x", address: 0x9003, size: 0xffd }], "'x' is no whole number"],
    ["that end inside a sector", [{ name: "x", address: 0x9000, size: 1 }], "multiples of 0x1000"],
    ["that are none", [], "nothing to restore"],
  ])("is refused for regions %s", async (_, made, said) => {
    const folder = freshFolder();
    const work = backUp(fakeBoard(blank(MB)), folder, { regions: made });
    expect(await faultOf(work, "refused")).toContain(said);
    expect(() => readdirSync(folder)).toThrow("ENOENT");
  });
});

describe("a backup that was stopped", () => {
  const stopped = async (folder: string, flash: Uint8Array): Promise<string> =>
    faultOf(backUp(fakeBoard(flash, {}, { lostAfter: 10 }), folder), "lost");

  it("says so, and goes on where it stopped", async () => {
    const folder = freshFolder();
    const flash = pattern(MB, 5);
    expect(await stopped(folder, flash)).toBe(
      `The cable was pulled. The backup in '${folder}' is not finished: 576 KB of 1 MB are there. Back up into the same folder again to go on.`,
    );
    expect(isFinished((await readBackup(folder)).backup)).toBe(false);
    const board = fakeBoard(flash);
    const { regions } = await backUp(board, folder);
    expect(regions[0]?.sha256).toBe(sha256(flash));
    expect(Buffer.compare(readFileSync(join(folder, "flash.bin")), flash)).toBe(0);
    expect(board.counts.readBytes).toBe(MB - 576 * KB);
  });

  it.each<[what: string, spoil: (file: string, flash: Uint8Array) => void, readBytes: number]>([
    ["on a board that changed since", (_, flash) => flash.fill(0, 0x2000, 0x2010), MB],
    ["with a file that was changed", (file) => writeFileSync(file, "x", { flag: "r+" }), MB],
    ["with a file that is too long", (file) => truncateSync(file, 2 * MB), MB],
    ["with a file that was cut in the middle of a sector", (file) => truncateSync(file, 12345), MB - 12345],
    ["with a file that is gone", (file) => rmSync(file), MB],
  ])("%s begins anew as far as it must", async (_, spoil, readBytes) => {
    const folder = freshFolder();
    const flash = pattern(MB, 6);
    await stopped(folder, flash);
    spoil(join(folder, "flash.bin"), flash);
    const board = fakeBoard(flash);
    await backUp(board, folder);
    expect(board.counts.readBytes).toBe(readBytes);
    expect(Buffer.compare(readFileSync(join(folder, "flash.bin")), flash)).toBe(0);
  });

  it("does not go on with another board, or for other regions", async () => {
    const folder = freshFolder();
    const flash = pattern(MB, 5);
    await stopped(folder, flash);
    const other = fakeBoard(flash, { mac: "24:6f:28:00:00:02" });
    expect(await faultOf(backUp(other, folder), "refused")).toContain(
      "holds an unfinished backup of ESP32 24:6f:28:00:00:01, but this is ESP32 24:6f:28:00:00:02",
    );
    const regions = [{ name: "nvs", address: 0x9000, size: 0x5000 }];
    expect(await faultOf(backUp(fakeBoard(flash), folder, { regions }), "refused")).toContain(
      "holds an unfinished backup of other parts of this flash. Choose another folder",
    );
    expect(other.counts.reads).toBe(0);
  });

  it("by the user is unfinished too", async () => {
    const stop = new AbortController();
    const onProgress = ({ doneBytes }: Progress) => {
      if (doneBytes > 200 * KB) stop.abort();
    };
    const folder = freshFolder();
    const work = backUp(fakeBoard(pattern(MB, 5)), folder, { signal: stop.signal, onProgress });
    expect(await faultOf(work, "cancelled")).toContain("is not finished: 256 KB of 1 MB are there");
  });
});

describe("what is in a folder stays", () => {
  it("a finished backup", async () => {
    const folder = freshFolder();
    await backUp(fakeBoard(pattern(MB, 5)), folder);
    const before = readFileSync(join(folder, "backup.json"), "utf8");
    const said = await faultOf(backUp(fakeBoard(pattern(MB, 6)), folder), "refused");
    expect(said).toBe(
      `'${folder}' holds a finished backup of ESP32 24:6f:28:00:00:01 already. Choose another folder.`,
    );
    expect(readFileSync(join(folder, "backup.json"), "utf8")).toBe(before);
  });

  it("a file of the same name, and a manifest that is none", async () => {
    const folder = freshFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "flash.bin"), "mine");
    expect(await faultOf(backUp(fakeBoard(blank(MB)), folder), "refused")).toContain("belongs to no backup");
    writeFileSync(join(folder, "backup.json"), "{}");
    expect(await faultOf(backUp(fakeBoard(blank(MB)), folder), "refused")).toContain("cannot be used");
    expect(readFileSync(join(folder, "flash.bin"), "utf8")).toBe("mine");
  });
});

describe("two backups into one folder at once", () => {
  it("of two boards: one of them is refused", async () => {
    const folder = freshFolder();
    const flashes = [pattern(MB, 5), pattern(MB, 6)];
    const done = await Promise.allSettled(
      flashes.map((flash, index) => backUp(fakeBoard(flash, { mac: `24:6f:28:00:00:0${index}` }), folder)),
    );
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { backup, files } = await readBackup(folder);
    expect(isFinished(backup)).toBe(true);
    const winner = flashes[done.findIndex(({ status }) => status === "fulfilled")];
    expect(Buffer.compare(files.get("flash.bin") ?? blank(0), winner ?? blank(0))).toBe(0);
  });

  it("of one board: neither spoils the other", async () => {
    const folder = freshFolder();
    const flash = pattern(MB, 5);
    await faultOf(backUp(fakeBoard(flash, {}, { lostAfter: 10 }), folder), "lost");
    await Promise.allSettled([backUp(fakeBoard(flash), folder), backUp(fakeBoard(flash), folder)]);
    expect(Buffer.compare(readFileSync(join(folder, "flash.bin")), flash)).toBe(0);
  });

  it("a file that another program wrote to is not called finished", async () => {
    const folder = freshFolder();
    const onProgress = ({ doneBytes }: Progress) => {
      if (doneBytes === MB) writeFileSync(join(folder, "flash.bin"), "x", { flag: "r+" });
    };
    const work = backUp(fakeBoard(pattern(MB, 5)), folder, { onProgress });
    expect(await faultOf(work, "refused")).toContain("another program writes to it. The backup in");
    expect(isFinished((await readBackup(folder)).backup)).toBe(false);
  });
});

describe("what cannot be done on the disk is said", () => {
  it("a folder that is a file", async () => {
    const path = join(root, "file");
    writeFileSync(path, "");
    expect(await faultOf(backUp(fakeBoard(blank(MB)), path), "refused")).toBe(
      `Cannot write '${path}': it is a file, not a folder.`,
    );
    expect(await faultOf(backUp(fakeBoard(blank(MB)), join(path, "x")), "refused")).toBe(
      `Cannot write '${join(path, "x")}': a part of the path is a file, not a folder.`,
    );
  });

  it("a file of the backup that is a folder", async () => {
    const folder = freshFolder();
    await faultOf(backUp(fakeBoard(pattern(MB, 5), {}, { lostAfter: 3 }), folder), "lost");
    rmSync(join(folder, "flash.bin"));
    mkdirSync(join(folder, "flash.bin"));
    const said = await faultOf(backUp(fakeBoard(pattern(MB, 5)), folder), "refused");
    expect(said).toContain("it is a folder. The backup in");
  });

  it("a flash of unknown size", async () => {
    const unknown = fakeBoard(blank(MB), { flashSize: undefined });
    expect(await faultOf(backUp(unknown, freshFolder()), "refused")).toContain("State the flash size.");
    const { flashSize } = await backUp(unknown, freshFolder(), { flashSize: MB });
    expect(flashSize).toBe(MB);
  });
});

describe("a folder is read", () => {
  it("without a backup in it: that is said", async () => {
    expect(await faultOf(readBackup(join(root, "nowhere")), "refused")).toBe(
      `There is no backup in '${join(root, "nowhere")}': it has no backup.json. Choose the folder of a backup.`,
    );
  });

  it.runIf(process.platform !== "win32")("with a device in place of a file: it is not read", async () => {
    const folder = freshFolder();
    await backUp(fakeBoard(blank(MB)), folder);
    rmSync(join(folder, "flash.bin"));
    symlinkSync("/dev/zero", join(folder, "flash.bin"));
    expect(await faultOf(readBackup(folder), "refused")).toContain("it is no ordinary file.");
  });

  it("without a file of it: the rest is there", async () => {
    const folder = freshFolder();
    await backUp(fakeBoard(blank(MB)), folder);
    rmSync(join(folder, "flash.bin"));
    expect((await readBackup(folder)).files.size).toBe(0);
    writeFileSync(join(folder, "flash.bin"), "");
    truncateSync(join(folder, "flash.bin"), 200 * MB);
    expect(await faultOf(readBackup(folder), "refused")).toContain("is larger than 128 MB");
  });
});
