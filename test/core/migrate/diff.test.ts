import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { diffTables } from "../../../core/migrate/diff";
import { placeRows } from "../../../core/table/table";
import { arduino, diffOfTexts, factsOf, migrated } from "../picture/pictureOf";
import { layoutRow } from "../picture/rows";

/** Each change as `kind bytesKept: words`. */
function checkChanges(before: string, after: string, changes: readonly string[]): void {
  const found = diffOfTexts(before, after, factsOf("flash=4MB")).changes;
  expect(found.map(({ kind, bytesKept, words }) => `${kind} ${bytesKept}: ${words}`)).toEqual(changes);
}

const checkSummary = (before: string, after: string, summary: string): void =>
  expect(diffOfTexts(before, after, factsOf("flash=4MB")).summary).toBe(summary);

describe("what becomes of a partition", () => {
  it("of the published procedure", () =>
    checkChanges(arduino, migrated, [
      "kept 20480: nvs is kept (20 KB).",
      "kept 8192: otadata is kept (8 KB).",
      "kept 1310720: app0 is kept (1.25 MB).",
      "grown 0: app1 grows by 256 KB and is replaced by MicroPython.",
      "erased 0: spiffs is erased (1.44 MB lost).",
      "new 0: vfs is new.",
    ]));

  it("with the names, the offsets and the sizes of MicroPython's own tables", () =>
    checkChanges(
      arduino,
      `nvs,    data, nvs,   0x9000,   0x4000
       otadata,data, ota,   0xd000,   0x2000
       ota_0,  app,  ota_0, 0x10000,  0x180000
       ota_1,  app,  ota_1, 0x190000, 0x180000
       vfs,    data, fat,   0x310000, 0xf0000`,
      [
        "shrunk 16384: nvs shrinks by 4 KB, and what it holds at its end is lost. MicroPython may then erase all of it, and with it the stored Wi-Fi credentials.",
        "moved 0: otadata moves to 0xd000, and what it holds is lost (8 KB).",
        "grown 1310720: ota_0 (was app0) grows by 256 KB.",
        "moved 0: ota_1 (was app1) moves to 0x190000 with 1.5 MB instead of 1.25 MB and is replaced by MicroPython.",
        "erased 0: spiffs is erased (1.44 MB lost).",
        "new 0: vfs is new.",
      ],
    ));

  it("the slot that runs the repartitioner must stay", () => {
    const slots = (first: string) => `a, app, ota_0, ${first}, 1M\nb, app, ota_1, 0x210000, 1M`;
    const { changes } = diffOfTexts(slots("0x10000"), slots("0x110000"), factsOf("flash=4MB"));
    expect(changes.map(({ isFatal }) => isFatal)).toEqual([true, false]);
    expect(changes[0]?.words).toBe(
      "a moves to 0x110000, and what it holds is lost (1 MB). The repartitioner runs from there, so it must stay as it is at 0x10000: otherwise the device does not start again.",
    );
  });

  it("NVS takes the Wi-Fi credentials with it", () => {
    const nvs = "nvs, data, nvs, 0x9000, 0x5000";
    checkChanges(nvs, "", [
      "erased 0: nvs is erased (20 KB lost), and with it the stored Wi-Fi credentials.",
    ]);
    checkChanges(nvs, "nvs, data, nvs, 0xa000, 0x5000", [
      "moved 0: nvs moves to 0xa000, and what it holds is lost (20 KB), and with it the stored Wi-Fi credentials.",
    ]);
    checkChanges(nvs, "nvs, data, nvs, 0x9000, 0x6000", ["grown 20480: nvs grows by 4 KB."]);
  });

  it("so it does where MicroPython overwrites it", () => {
    const nvs = "nvs, data, nvs, 0x200000, 0x5000";
    checkChanges(nvs, `b, app, ota_1, 0x110000, 0xf0000\n${nvs}`, [
      "new 0: b is new and receives MicroPython.",
      "kept 20480: nvs is kept (20 KB).",
    ]);
    checkChanges(nvs, `b, app, ota_1, 0x110000, 0xf4000\n${nvs}`, [
      "new 0: b is new and receives MicroPython.",
      "kept 4096: nvs stays where it is, and MicroPython overwrites 16 KB of it. MicroPython may then erase all of it, and with it the stored Wi-Fi credentials.",
    ]);
    checkChanges(nvs, `b, app, ota_1, 0x110000, 2M\n${nvs}`, [
      "new 0: b is new and receives MicroPython.",
      "kept 0: nvs stays where it is, and MicroPython overwrites all of it (20 KB lost), and with it the stored Wi-Fi credentials.",
    ]);
  });

  it("other NVS holds none", () =>
    checkChanges(
      "certs, data, nvs, 0x20000, 0x4000\nlogs, data, nvs, 0x30000, 0x6000\nnvs, data, fat, 0x40000, 64K",
      "certs, data, nvs, 0x24000, 0x4000\nlogs, data, nvs, 0x30000, 0x3000",
      [
        "moved 0: certs moves to 0x24000, and what it holds is lost (16 KB).",
        "shrunk 12288: logs shrinks by 12 KB, and what it holds at its end is lost.",
        "erased 0: nvs is erased (64 KB lost).",
      ],
    ));

  it("without its keys an encrypted NVS is of no use", () => {
    const keys = "keys, data, nvs_keys, 0x20000, 0x1000";
    checkChanges(keys, "keys, data, nvs_keys, 0x21000, 0x1000", [
      "moved 0: keys moves to 0x21000, and what it holds is lost (4 KB). Without the keys in it, an encrypted NVS cannot be read.",
    ]);
    checkChanges(keys, "", [
      "erased 0: keys is erased (4 KB lost). Without the keys in it, an encrypted NVS cannot be read.",
    ]);
    checkChanges(keys, keys, ["kept 4096: keys is kept (4 KB)."]);
  });

  it("under another name in its place it is the same", () =>
    checkChanges("old, data, nvs, 0x9000, 0x5000", "new, data, nvs, 0x9000, 0x5000", [
      "kept 20480: new (was old) is kept (20 KB).",
    ]));

  it("is named also where it had no name or loses it", () => {
    const named = (name: string) => `${name}, data, nvs, 0x9000, 0x5000`;
    checkChanges(named(""), named("nvs"), ["kept 20480: nvs (had no name) is kept (20 KB)."]);
    checkChanges(named("nvs"), named(""), ["kept 20480: (no name, was nvs) is kept (20 KB)."]);
    checkChanges(named(""), named(""), ["kept 20480: (no name) is kept (20 KB)."]);
  });

  it("a single byte is counted as one", () =>
    checkChanges("x, 0x40, 1, 0x9000, 0x1001", "x, 0x40, 1, 0x9000, 0x1000", [
      "shrunk 4096: x shrinks by 1 byte, and what it holds at its end is lost.",
    ]));

  it("as another filesystem in its place it is not", () =>
    checkChanges("files, data, spiffs, 0x10000, 1M", "files, data, littlefs, 0x10000, 1M", [
      "erased 0: files is erased (1 MB lost).",
      "new 0: files is new.",
    ]));

  it("an app starts from its place as whichever slot", () => {
    checkChanges(
      "factory, app, factory, 0x10000, 1M",
      "ota_0, app, ota_0, 0x10000, 1M\nota_1, app, ota_1, , 1M",
      ["kept 1048576: ota_0 (was factory) is kept (1 MB).", "new 0: ota_1 is new and receives MicroPython."],
    );
    const two = "a, app, ota_0, 0x10000, 1M\nb, app, ota_1, 0x110000, 1M";
    checkChanges(two, "a, app, factory, 0x10000, 1M\nb, app, ota_0, 0x110000, 1M", [
      "kept 1048576: a is kept (1 MB).",
      "kept 0: b stays where it is and is replaced by MicroPython.",
    ]);
    checkChanges(two, "a, app, ota_1, 0x10000, 1M\nb, app, ota_0, 0x110000, 1M", [
      "kept 0: a stays where it is and is replaced by MicroPython. The repartitioner runs from there, so it must stay as it is at 0x10000: otherwise the device does not start again.",
      "kept 1048576: b is kept (1 MB).",
    ]);
  });

  it("an app that is no longer at its place is found again by its slot", () =>
    checkChanges(
      "a, app, ota_0, 0x10000, 1M\nb, app, ota_1, 0x110000, 1M",
      "first, app, ota_0, 0x10000, 2M\nsecond, app, ota_1, 0x210000, 1M",
      [
        "grown 1048576: first (was a) grows by 1 MB.",
        "moved 0: second (was b) moves to 0x210000 and is replaced by MicroPython.",
      ],
    ));

  it("MicroPython has its filesystem erased, even one that stays", () =>
    checkChanges(
      "a, app, ota_0, 0x10000, 1M\nffat, data, fat, 0x200000, 1M",
      "a, app, ota_0, 0x10000, 1M\nffat, data, fat, 0x200000, 1M",
      [
        "kept 0: a stays where it is and is replaced by MicroPython.",
        "kept 0: ffat stays where it is and is erased for the files of MicroPython (1 MB lost).",
      ],
    ));

  it("what MicroPython's slot or its files come to lie over is not kept", () => {
    const log = "log, 0x40, 1, 0x200000, 1M";
    checkChanges(log, `b, app, ota_1, 0x110000, 2M\n${log}`, [
      "new 0: b is new and receives MicroPython.",
      "kept 0: log stays where it is, and MicroPython overwrites all of it (1 MB lost).",
    ]);
    checkChanges(log, `b, app, ota_1, 0x110000, 1M\nvfs, data, fat, 0x2c0000, 1M\n${log}`, [
      "new 0: b is new and receives MicroPython.",
      "kept 720896: log stays where it is, and MicroPython overwrites 320 KB of it.",
      "new 0: vfs is new.",
    ]);
    checkChanges(log, `b, app, ota_1, 0x240000, 128K\nlog, 0x40, 1, 0x200000, 512K`, [
      "shrunk 393216: log shrinks by 512 KB, and what it holds at its end is lost, and MicroPython overwrites 128 KB of it.",
      "new 0: b is new and receives MicroPython.",
    ]);
  });

  it("bytes over which both lie are lost once", () =>
    checkChanges(
      "log, 0x40, 1, 0x200000, 1M",
      "b, app, ota_1, 0x210000, 128K\nvfs, data, fat, 0x220000, 128K\nlog, 0x40, 1, 0x200000, 1M",
      [
        "kept 851968: log stays where it is, and MicroPython overwrites 192 KB of it.",
        "new 0: b is new and receives MicroPython.",
        "new 0: vfs is new.",
      ],
    ));

  it("a filesystem that is resized may lose its files", () =>
    checkChanges("s, data, spiffs, 0x10000, 1M", "s, data, spiffs, 0x10000, 512K", [
      "shrunk 524288: s shrinks by 512 KB, and what it holds at its end is lost. Its files may be lost, because a filesystem does not change its size by itself.",
    ]));

  it("what the tool places itself and what has no size is no partition to speak of", () =>
    checkChanges(
      "b, bootloader, primary, ,\np, data, fat, , 0",
      "t, partition_table, primary, ,\nq, data, fat, ,",
      [],
    ));
});

describe("the summary", () => {
  it("of the published procedure", () =>
    checkSummary(
      arduino,
      migrated,
      "nvs, otadata and app0 are kept (1.28 MB). app1 grows by 256 KB and is replaced by MicroPython. spiffs is erased (1.44 MB lost). vfs is new.",
    ));

  it("of nothing", () => checkSummary("", "", "Neither table has a partition."));

  it("says in one sentence what happens to several, and names only some of many", () => {
    const rows = (count: number, offset: number, size: string) =>
      Array.from({ length: count }, (_, n) => `d${n}, 0x40, 1, ${offset + n * 0x100000}, ${size}`).join("\n");
    checkSummary(rows(2, 0x100000, "64K"), rows(2, 0x100000, "128K"), "d0 and d1 grow by 128 KB in all.");
    checkSummary(
      rows(3, 0x100000, "64K"),
      rows(3, 0x100000, "32K"),
      "d0, d1 and d2 shrink by 96 KB in all, which are lost.",
    );
    checkSummary(
      rows(6, 0x100000, "64K"),
      rows(6, 0x110000, "64K"),
      "d0, d1, d2, d3 and 2 more move, and what they hold is lost (384 KB).",
    );
    checkSummary(rows(2, 0x100000, "64K"), "", "d0 and d1 are erased (128 KB lost).");
  });
});

const tables = fc
  .array(layoutRow, { maxLength: 30 })
  .map((rows) => rows.map((read, row) => ({ ...read, row })));
const options = factsOf("flash=4MB");

describe("any two tables", () => {
  test("every partition is in exactly one change, and every byte of it kept or lost", () =>
    fc.assert(
      fc.property(tables, tables, fc.option(fc.nat(30), { nil: undefined }), (before, after, slot) => {
        const { changes, bytesKept, bytesLost } = diffTables({ before, after, options, slot });
        const sizeOf = new Map(placeRows(before, options).map(({ row, size }) => [row, size]));
        const sources = changes.flatMap((change) => (change.before === undefined ? [] : [change.before]));
        const targets = changes.flatMap((change) => (change.after === undefined ? [] : [change.after]));
        expect(new Set(sources).size).toBe(sources.length);
        expect(new Set(targets).size).toBe(targets.length);
        expect(bytesKept + bytesLost).toBe(sources.reduce((sum, row) => sum + (sizeOf.get(row) ?? 0), 0));
        expect(bytesKept).toBe(changes.reduce((sum, change) => sum + change.bytesKept, 0));
        for (const change of changes) {
          expect(change.bytesKept).toBeGreaterThanOrEqual(0);
          expect(change.bytesKept + change.bytesLost).toBe(sizeOf.get(change.before ?? -1) ?? 0);
          if (change.after === slot || change.kind === "moved") expect(change.bytesKept).toBe(0);
        }
      }),
    ));

  test("a table that does not change keeps everything", () =>
    fc.assert(
      fc.property(tables, (rows) => {
        const { changes, bytesLost } = diffTables({ before: rows, after: rows, options });
        expect(changes.filter(({ kind }) => kind !== "kept")).toEqual([]);
        expect(bytesLost).toBe(0);
      }),
    ));
});
