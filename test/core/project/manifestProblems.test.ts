import { describe, expect, it } from "vitest";
import { manifestProblemKinds } from "../../../core/project/manifestProblem";
import { manifestProblems } from "../../../core/project/manifestProblems";
import {
  MICROPYTHON_ROWS,
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
} from "../../support/imageFixture";
import { memoryFiles } from "../../support/memoryFiles";

const files = memoryFiles({
  "/w/p/app.bin": makeApp(),
  "/w/p/m.bin": makeMicroPython(),
  "/w/p/s3.bin": makeMicroPython({ chip: "esp32s3" }),
  "/w/p/combined.bin": makeCombined(),
  "/w/p/boot.bin": makeBootloader(),
  "/w/p/boot-2mb.bin": makeBootloader({ flashSize: "2MB" }),
  "/w/p/boot-v5.4.bin": makeBootloader({ idfVersion: "v5.4.1" }),
  "/w/p/boot-arduino.bin": makeBootloader({ idfVersion: "v5.5.1.251017" }),
  "/w/p/boot-old.bin": makeBootloader({ texts: ["(%d) %s:"] }),
  "/w/p/dump.bin": makeCombined({
    flashOffset: 0,
    tableOffset: 0x9000,
    rows: [{ label: "factory", type: 0, subtype: 0, offset: 0x10000, size: 0x1f0000 }],
    bootloader: makeBootloader({ flashSize: "2MB", idfVersion: "v5.4.1" }),
  }),
  "/w/p/table.bin": makeTable(MICROPYTHON_ROWS),
  "/w/p/same.csv": "factory, app, factory, 0x10000, 0x1f0000",
  "/w/p/renamed.csv": "app, app, factory, 0x10000, 0x1f0000",
  "/w/p/longer.csv": "factory, app, factory, 0x10000, 0x1f0000\nvfs, data, fat, 0x200000, 1M",
  "/w/p/half.csv": "factory, app, factory, 0x10000,",
  "/w/p/utf16.csv": Uint8Array.of(0xff, 0xfe, 0x23, 0x00),
  "/w/p/cut.bin": makeMicroPython().slice(0, 100),
  "/w/p/partitions.csv": "",
  "/w/field.csv": "",
});

/** `id`, the text under the span, a part of the message, and the titles of the fixes. */
type Expected = readonly [id: string, at: string, part: string, ...fixes: string[]];
const choose = "Choose MicroPython Binary…";

describe("a manifest with its files", () => {
  const cases: Record<string, readonly [string, ...Expected[]]> = {
    "everything right": [
      '{"chip": "esp32", "bootloader": {"image": "boot.bin"}, "source": {"table": "../field.csv", "app": "app.bin"}, "target": {"table": "partitions.csv", "micropython": "m.bin", "header": "new.h"}}',
    ],
    "a combined file as what runs today, and as the bootloader": [
      '{"bootloader": {"image": "combined.bin"}, "source": {"app": "combined.bin"}}',
    ],
    "nothing there": [
      '{"source": {"table": "a.csv", "app": "a.bin"}, "target": {"table": "b.csv", "micropython": "b.bin"}}',
      ["manifest-file", '"a.csv"', "There is no file 'a.csv'"],
      ["manifest-file", '"a.bin"', "There is no file 'a.bin'"],
      ["manifest-file", '"b.csv"', "There is no file 'b.csv'"],
      ["manifest-file", '"b.bin"', "There is no file 'b.bin'", choose],
    ],
    "paths that lead out": [
      '{"target": {"table": "../../a.csv", "micropython": "/w/p/m.bin", "header": "../../a.h"}}',
      ["manifest-path", '"../../a.csv"', "leads out of the workspace"],
      ["manifest-path", '"/w/p/m.bin"', "leads out of the workspace"],
      ["manifest-path", '"../../a.h"', "leads out of the workspace"],
    ],
    "a combined file": [
      '{"target": {"micropython": "combined.bin"}}',
      ["manifest-combined", '"combined.bin"', "Only the app in it", "Extract the app from it", choose],
    ],
    "a damaged file": [
      '{"target": {"micropython": "cut.bin"}}',
      ["manifest-image", '"cut.bin"', "'cut.bin' cannot be used. ", choose],
    ],
    "files of another kind": [
      '{"bootloader": {"image": "app.bin"}, "source": {"app": "boot.bin"}, "target": {"micropython": "table.bin"}}',
      ["manifest-image", '"app.bin"', "'app.bin' is an app, but a bootloader is needed here."],
      ["manifest-image", '"boot.bin"', "'boot.bin' is a bootloader, but an app is needed here."],
      [
        "manifest-image",
        '"table.bin"',
        "'table.bin' is a partition table, but the MicroPython app is needed here.",
        choose,
      ],
    ],
    "another chip": [
      '{"chip": "esp32c3", "source": {"app": "app.bin"}, "target": {"micropython": "s3.bin"}}',
      [
        "manifest-chip",
        '"app.bin"',
        "built for ESP32, but the chip is said to be ESP32-C3",
        'Change the chip to "esp32"',
      ],
      ["manifest-chip", '"s3.bin"', "Choose a build for ESP32-C3", choose, 'Change the chip to "esp32s3"'],
    ],
    "no chip to compare with": [
      '{"chip": "esp99", "target": {"micropython": "s3.bin"}}',
      ["manifest-value", '"esp99"', "must be a chip"],
    ],
    "binaries for different chips, with no chip stated": [
      '{"bootloader": {"image": "boot.bin"}, "target": {"micropython": "s3.bin"}}',
      ["manifest-chip", '"s3.bin"', "built for ESP32-S3, but 'boot.bin' for ESP32. Choose a build", choose],
    ],
    "tables that are no CSV": [
      '{"source": {"table": "table.bin"}, "target": {"table": "utf16.csv"}}',
      ["manifest-image", '"table.bin"', "'crossflash decode' makes one"],
    ],
    "a flash size that the bootloader does not know": [
      '{"flashSize": "4MB", "bootloader": {"image": "boot-2mb.bin"}}',
      [
        "manifest-flash-size",
        '"4MB"',
        "the header of the bootloader in 'boot-2mb.bin' says 2MB",
        'Change the flash size to "2MB"',
      ],
    ],
    "a flash size that is no more than the bootloader's": [
      '{"flashSize": "4MB", "bootloader": {"image": "boot.bin"}}',
    ],
    "what a dump shows": [
      '{"flashSize": "4MB", "partitionTableOffset": "0x8000", "bootloader": {"idf": "v5.4"}, "source": {"app": "dump.bin"}}',
      ["manifest-flash-size", '"4MB"', "in 'dump.bin' says 2MB", 'Change the flash size to "2MB"'],
      [
        "manifest-table-offset",
        '"0x8000"',
        "but in 'dump.bin' it lies at 0x9000",
        'Change the offset to "0x9000"',
      ],
      ["manifest-bootloader", '"v5.4"', "says ESP-IDF v5.4.1", 'Change the version to "v5.4.1"'],
    ],
    "the table that a dump has, and one that nobody compares it with": [
      '{"source": {"table": "same.csv", "app": "dump.bin"}, "target": {"table": "longer.csv"}}',
    ],
    "a source table that is still being written": ['{"source": {"table": "half.csv", "app": "dump.bin"}}'],
    "another name than in the dump": [
      '{"source": {"table": "renamed.csv", "app": "dump.bin"}}',
      [
        "manifest-source-table",
        '"renamed.csv"',
        "not the table of the device in 'dump.bin': there 'factory' lies at 0x10000 with 1.94 MB.",
      ],
    ],
    "a partition that a dump does not have": [
      '{"source": {"table": "longer.csv"}, "bootloader": {"image": "dump.bin"}}',
      ["manifest-source-table", '"longer.csv"', "there is no 'vfs' there"],
    ],
    "a version that the bootloader denies": [
      '{"bootloader": {"idf": "v3.3.5", "arduino": "1.0.6", "image": "boot-v5.4.bin"}}',
      [
        "manifest-bootloader",
        '"v3.3.5"',
        "says ESP-IDF v5.4.1, but the stated version is ESP-IDF v3.3.5",
        'Change the version to "v5.4.1"',
      ],
      ["manifest-bootloader", '"1.0.6"', "but the stated Arduino core 1.0.6 means ESP-IDF v3.3.5"],
    ],
    "a core that the bootloader denies, and names": [
      '{"bootloader": {"arduino": "1.0.6", "image": "boot-arduino.bin"}}',
      ["manifest-bootloader", '"1.0.6"', "core 1.0.6 means ESP-IDF v3.3.5", 'Change the core to "3.3.3"'],
    ],
    "a version that what the bootloader contains denies": [
      '{"bootloader": {"idf": "v5.0.1", "image": "boot-old.bin"}}',
      ["manifest-bootloader", '"v5.0.1"', "but the stated version is ESP-IDF v5.0.1"],
    ],
    "two statements that deny each other": [
      '{"bootloader": {"idf": "v4.4", "arduino": "1.0.6"}}',
      ["manifest-bootloader", '"v4.4"', "core 1.0.6 means ESP-IDF v3.3.5", 'Change the version to "v3.3.5"'],
    ],
    "two statements of which one has no source": [
      '{"bootloader": {"idf": "v3.3.5", "arduino": "2.0.7"}}',
      ["manifest-bootloader", '"v3.3.5"', "core 2.0.7 means ESP-IDF v4.4.4"],
    ],
    "statements that agree": [
      '{"flashSize": "4MB", "bootloader": {"idf": "v5.4.1", "image": "boot-v5.4.bin"}}',
    ],
    "faults of text and files in the order of the text": [
      '{"target": {"micropython": "b.bin"}, "chp": 1}',
      ["manifest-file", '"b.bin"', "no file", choose],
      ["manifest-key", '"chp"', 'Did you mean "chip"?', 'Change to "chip"'],
    ],
  };
  for (const [title, [text, ...expected]] of Object.entries(cases))
    it(title, async () => {
      const { problems } = await manifestProblems("/w/p/crossflash.json", text, "/w", files);
      const found = problems.map(({ id, at, fixes = [] }) => [
        id,
        text.slice(at.start, at.end),
        ...fixes.map((fix) => fix.title),
      ]);
      expect(found).toEqual(expected.map(([id, at, , ...fixes]) => [id, at, ...fixes]));
      for (const [index, [, , part]] of expected.entries()) expect(problems[index]?.message).toContain(part);
      for (const { id, severity } of problems) expect(severity).toBe(manifestProblemKinds[id].severity);
    });

  it("depends on every file inside the root", async () => {
    const text = '{"source": {"table": "../../a.csv"}, "target": {"table": "b.csv", "header": "c.h"}}';
    const { dependsOn } = await manifestProblems("/w/p/crossflash.json", text, "/w", files);
    expect(dependsOn).toEqual(["/w/p/b.csv", "/w/p/c.h"]);
  });
});
