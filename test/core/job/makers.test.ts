import { describe, expect, it } from "vitest";
import { analyse } from "../../../core/analyse";
import { noFacts } from "../../../core/facts";
import { flashCombined } from "../../../core/job/flashCombined";
import { type FieldStart, restoreFieldState } from "../../../core/job/restoreFieldState";
import { writePartition } from "../../../core/job/writePartition";
import { otadataSelecting } from "../../../core/ota/otadata";
import { encodeTable } from "../../../core/table/encode";
import { blank, concat, pattern } from "../../support/bytes";
import {
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
  micropythonTexts,
} from "../../support/imageFixture";
import {
  blankFlash,
  entriesOf,
  flashed,
  layoutJob,
  lines,
  MICROPYTHON,
  made,
  present,
  refusedAs,
  SOURCE,
  TARGET,
} from "./boards";

const checkRefused = (result: Parameters<typeof refusedAs>[0], reason: string, words: string): void => {
  const failure = refusedAs(result);
  expect(failure.reason).toBe(reason);
  expect(failure.message).toContain(words);
};

const table = (csv: string): Uint8Array => {
  const bytes = encodeTable(entriesOf(csv), { md5Row: true });
  if (!bytes.ok) throw new Error(bytes.message);
  return bytes.value;
};

const bytesAt = (flash: Uint8Array, address: number, expected: Uint8Array): boolean =>
  Buffer.compare(flash.subarray(address, address + expected.length), expected) === 0;

describe("a layout", () => {
  it("is table, otadata, MicroPython and the start of its filesystem", () => {
    expect(lines(layoutJob())).toEqual([
      "write partition table table 0x8000 0xc00",
      "write otadata otadata 0xe000 0x2000",
      "write app1 app 0x150000 0x12340",
      "erase vfs filesystem 0x2d0000 0x2000",
    ]);
  });

  it("is on the flash afterwards, and nothing else has changed", () => {
    const before = pattern(0x400000, 9);
    const flash = flashed(made(layoutJob()), before);
    expect(bytesAt(flash, 0x8000, table(TARGET))).toBe(true);
    expect(bytesAt(flash, 0xe000, otadataSelecting(1, 2))).toBe(true);
    expect(bytesAt(flash, 0x150000, MICROPYTHON.bytes)).toBe(true);
    expect(bytesAt(flash, 0x2d0000, blank(0x2000))).toBe(true);
    for (const [from, to] of [
      [0, 0x8000],
      [0x9000, 0xe000],
      [0x10000, 0x150000],
      [0x163000, 0x2d0000],
      [0x2d2000, 0x400000],
    ] as const)
      expect(bytesAt(flash, from, before.slice(from, to))).toBe(true);
  });

  it("says what is lost and kept of what the board has", () => {
    const { lost, kept } = made(layoutJob());
    expect(lost).toEqual([
      "'otadata' (8 KB at 0xe000) is rewritten: which app the board started until now is forgotten.",
      "The app in 'app1' (1.25 MB at 0x150000) is overwritten.",
      "The files in 'spiffs' (1.44 MB at 0x290000) are lost.",
    ]);
    expect(kept).toEqual(["'nvs' (20 KB at 0x9000) is kept.", "'app0' (1.25 MB at 0x10000) is kept."]);
    expect(made(layoutJob(TARGET, { present: undefined })).lost[0]).toContain("is not known");
  });

  it("brings a bootloader only if one is given", () => {
    const bytes = makeBootloader();
    expect(lines(layoutJob(TARGET, { bootloader: { name: "b", bytes } }))[0]).toBe(
      `write bootloader bootloader 0x1000 0x${bytes.length.toString(16)}`,
    );
  });

  it("takes the app out of a combined image", () => {
    const micropython = { name: "c.bin", bytes: makeCombined({ apps: { factory: MICROPYTHON.bytes } }) };
    expect(lines(layoutJob(TARGET, { micropython }))).toEqual(lines(layoutJob()));
  });

  it("with a factory app alone has no otadata", () => {
    const csv =
      "nvs, data, nvs, 0x9000, 0x6000,\nfactory, app, factory, 0x10000, 0x1f0000,\nvfs, data, fat, 0x200000, 2M,";
    expect(lines(layoutJob(csv)).map((text) => text.split(" ")[1])).toEqual(["partition", "factory", "vfs"]);
  });

  it("is erased where MicroPython will look for its files, whatever the table says of them", () => {
    const withoutVfs = TARGET.replace(/^vfs.*\n/m, "");
    const job = (release: string) => {
      const bytes = makeMicroPython({ texts: micropythonTexts(release) });
      const analysis = analyse(withoutVfs, { ...noFacts, flashSize: 0x400000 });
      return lines(layoutJob(TARGET, { analysis, micropython: { name: "m", bytes } })).at(-1);
    };
    expect(job("v1.26.0")).toBe("erase vfs filesystem 0x2d0000 0x2000");
    expect(job("v1.11.0")).toBe("erase vfs filesystem 0x200000 0x2000");
    expect(job("v1.20.0")).toContain("app1");
  });

  it.each([
    ["a table with errors", TARGET.replace("0x150000", "0x151000"), "table", "has 2 errors"],
    ["a table that cannot be read", "nvs, data", "table", "error"],
    ["slots with a gap in their numbers", TARGET.replace("ota_1", "ota_2"), "slot", "without gaps"],
    [
      "an app that reaches into the next partition",
      TARGET.replace("0x180000", "0x10000").replace("0x2d0000", "0x160000"),
      "overlap",
      "'app1'",
    ],
  ])("is refused: %s", (_, csv, reason, words) => checkRefused(layoutJob(csv), reason, words));

  it.each([
    ["a bootloader", makeBootloader(), "The file is a bootloader"],
    ["a table", makeTable([]), "cannot be used"],
    ["a damaged app", makeApp().subarray(0, 200), "cut off"],
    ["nothing", blank(0), "empty"],
  ])("is refused with %s as MicroPython", (_, bytes, words) =>
    checkRefused(layoutJob(TARGET, { micropython: { name: "m.bin", bytes } }), "image", words),
  );
});

const APP = { name: "field.bin", bytes: makeApp({ size: 0x3000 }) };
const fieldJob = (start: FieldStart, csv = SOURCE, changes = {}) =>
  restoreFieldState({ source: { ...present(csv), md5Row: true }, app: APP, start, ...changes });

describe("the field state", () => {
  it.each<[FieldStart, string, string]>([
    [{ kind: "blank" }, "erase otadata otadata 0xe000 0x2000", "write app0 app 0x10000 0x3000"],
    [{ kind: "slot", name: "app1" }, "write otadata otadata 0xe000 0x2000", "write app1 app 0x150000 0x3000"],
    [
      { kind: "otadata", bytes: otadataSelecting(1, 2) },
      "write otadata otadata 0xe000 0x2000",
      "write app1 app 0x150000 0x3000",
    ],
    [
      { kind: "otadata", bytes: blank(0x2000) },
      "write otadata otadata 0xe000 0x2000",
      "write app0 app 0x10000 0x3000",
    ],
  ])("with %j is %s and %s", (start, otadata, app) => {
    expect(lines(fieldJob(start))).toEqual(["write partition table table 0x8000 0xc00", otadata, app]);
  });

  it("may have a table that the tool refuses, because devices live with it", () => {
    const odd = SOURCE.replace("0x290000, 0x170000", "0x28f000, 0x171000");
    const flash = flashed(made(fieldJob({ kind: "blank" }, odd)), blankFlash());
    expect(bytesAt(flash, 0x8000, table(odd))).toBe(true);
  });

  it("brings back the bootloader where it is given", () => {
    const bootloader = { name: "b", bytes: makeBootloader() };
    expect(lines(fieldJob({ kind: "blank" }, SOURCE, { bootloader }))[0]).toContain("bootloader");
  });

  it.each<[string, string, FieldStart, string, string]>([
    ["no such slot", SOURCE, { kind: "slot", name: "app7" }, "slot", "no partition 'app7'"],
    ["no app", "nvs, data, nvs, 0x9000, 0x5000,", { kind: "blank" }, "slot", "no app partition"],
    [
      "another app starts first",
      SOURCE.replace(/^otadata.*\n/m, ""),
      { kind: "slot", name: "app1" },
      "slot",
      "without otadata it starts 'app0'",
    ],
    [
      "numbers with a gap",
      SOURCE.replace("ota_1", "ota_5"),
      { kind: "slot", name: "app1" },
      "slot",
      "without gaps",
    ],
    ["otadata cut off", SOURCE, { kind: "otadata", bytes: blank(32) }, "slot", "only 32 bytes"],
    [
      "no place for otadata",
      SOURCE.replace(/^otadata.*\n/m, ""),
      { kind: "otadata", bytes: blank(0x2000) },
      "slot",
      "no partition for otadata",
    ],
  ])("is refused: %s", (_, csv, start, reason, words) => checkRefused(fieldJob(start, csv), reason, words));
});

describe("a combined image", () => {
  it("is named after its own table, and what is blank is erased", () => {
    const job = flashCombined(
      { name: "c.bin", bytes: makeCombined({ apps: { factory: MICROPYTHON.bytes } }) },
      present(),
    );
    expect(lines(job)).toEqual([
      "write bootloader bootloader 0x1000 0x7000",
      "write partition table table 0x8000 0x1000",
      "erase nvs other 0x9000 0x6000",
      "erase phy_init other 0xf000 0x1000",
      "write factory app 0x10000 0x12340",
    ]);
    expect(made(job).lost).toContain(
      "'spiffs' (1.44 MB at 0x290000) is no longer in the table: nothing finds what it holds, and it will be overwritten.",
    );
  });

  it.each([
    ["a download", makeCombined(), 0x1000],
    ["a dump", makeCombined({ flashOffset: 0, size: 0x400000 }), 0],
    ["another chip's", makeCombined({ chip: "esp32s3" }), 0],
    ["one with something behind its partitions", concat([makeCombined(), pattern(5000, 2)]), 0x1000],
    [
      "one with odd rows",
      makeCombined({
        rows: [
          { label: "factory", type: 0, subtype: 0, offset: 0x10000, size: 0x10000 },
          { label: "odd", type: 1, subtype: 0x40, offset: 0x20004, size: 0x1ffc },
          { label: "twice", type: 1, subtype: 0x40, offset: 0x10000, size: 0x1000 },
        ],
        size: 0x30000,
      }),
      0x1000,
    ],
  ])("of %s is on the flash to the byte", (_, bytes, address) => {
    const before = pattern(0x400000, 4);
    const flash = flashed(made(flashCombined({ name: "c", bytes })), before);
    expect(bytesAt(flash, address, bytes)).toBe(true);
    expect(bytesAt(flash, 0, before.subarray(0, address))).toBe(true);
  });

  it.each([
    ["an app", makeApp(), "write it into an app partition"],
    ["a bootloader", makeBootloader(), "The file is a bootloader"],
    ["a damaged one", makeCombined().slice(0, -1), "cut off"],
    ["something else", pattern(1000, 1), "cannot be flashed"],
  ])("is refused where it is %s", (_, bytes, words) =>
    checkRefused(flashCombined({ name: "c.bin", bytes }), "image", words),
  );
});

describe("one partition", () => {
  const file = (size: number) => ({ name: "f.bin", bytes: pattern(size, 7) });

  it.each([
    [
      "spiffs",
      0x1001,
      ["write spiffs filesystem 0x290000 0x1001", "erase rest of spiffs other 0x292000 0x16e000"],
    ],
    ["spiffs", 0x170000, ["write spiffs filesystem 0x290000 0x170000"]],
    ["app1", 0x1000, ["write app1 app 0x150000 0x1000"]],
    ["nvs", 0x3000, ["write nvs other 0x9000 0x3000", "erase rest of nvs other 0xc000 0x2000"]],
  ])("%s of %i bytes", (name, size, expected) =>
    expect(lines(writePartition(present(), name, file(size)))).toEqual(expected),
  );

  it("is lost, and all others are kept", () => {
    const { lost, kept, chip } = made(
      writePartition(present(), "app1", { name: "a", bytes: makeApp({ chip: "esp32c3" }) }),
    );
    expect(lost).toEqual(["The app in 'app1' (1.25 MB at 0x150000) is overwritten."]);
    expect(kept).toHaveLength(4);
    expect(chip?.id).toBe("esp32c3");
  });

  it.each([
    ["no such name", SOURCE, "vfs", "It has nvs, otadata, app0, app1 and spiffs"],
    ["a name twice", SOURCE.replace("app0", "app1"), "app1", "2 partitions"],
  ])("is refused: %s", (_, csv, name, words) =>
    checkRefused(writePartition(present(csv), name, file(1)), "partition", words),
  );
});
