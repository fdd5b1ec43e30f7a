import { describe, expect, it } from "vitest";
import { otadataSelecting } from "../../core/ota/otadata";
import { BoardFault } from "../../device/flasher/fault";
import type { BoardPort } from "../../device/port";
import { type VirtualBoard, virtualBoard } from "../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../device/virtualBoard/boardOptions";
import { blank, pattern } from "../support/bytes";
import {
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  type RowFixture,
} from "../support/imageFixture";
import { deskWith } from "./support/desk";
import { run, textOf, type World } from "./support/fakeIo";

const ROWS: readonly RowFixture[] = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x5000 },
  { label: "otadata", type: 1, subtype: 0, offset: 0xe000, size: 0x2000 },
  { label: "app0", type: 0, subtype: 0x10, offset: 0x10000, size: 0x40000 },
  { label: "app1", type: 0, subtype: 0x11, offset: 0x50000, size: 0x40000 },
  { label: "spiffs", type: 1, subtype: 0x82, offset: 0x90000, size: 0x10000 },
];
const SOURCE = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x40000
app1, app, ota_1, 0x50000, 0x40000
spiffs, data, spiffs, 0x90000, 0x10000
`;
const TARGET = SOURCE.replace("spiffs, data, spiffs", "vfs, data, fat");
const field = makeApp({ projectName: "meter", version: "1.4.2", size: 0x8000 });
const micropython = makeMicroPython({ size: 0x12340, flashSize: "1MB" });

/** As it comes from the field: what runs is the devices' own app. */
const fieldFlash = (): Uint8Array => {
  const flash = makeCombined({
    rows: ROWS,
    bootloader: makeBootloader({ flashSize: "1MB" }),
    apps: { app0: field },
    flashOffset: 0,
    size: 0x100000,
  });
  flash.set(pattern(0x5000, 9), 0x9000);
  return flash;
};
const board = (options: VirtualBoardOptions = {}): VirtualBoard =>
  virtualBoard({ flashSize: 0x100000, flash: fieldFlash(), ...options });

const manifest = {
  source: { table: "field.csv", app: "field.bin" },
  target: { table: "partitions.csv", micropython: "micropython.bin" },
};
const files = {
  "crossflash.json": JSON.stringify(manifest),
  "partitions.csv": TARGET,
  "field.csv": SOURCE,
  "field.bin": field,
  "micropython.bin": micropython,
};

const worldWith = (one: VirtualBoard, world: World = {}): World => ({
  files,
  ports: deskWith({ "/dev/ttyUSB0": one }),
  ...world,
});
const runOn = (one: VirtualBoard, line: string, world: World = {}) =>
  run(line.split(" "), worldWith(one, world));

describe("flash", () => {
  it("takes the layout to the only board, proves it and starts it", async () => {
    const desk = board();
    const { code, out, err } = await runOn(desk, "flash --yes");
    expect(err).toContain("Writing app1");
    expect(code).toBe(0);
    expect(out).toContain("Board: ESP32 24:0a:c4:00:00:01, revision v3.0");
    expect(out).toContain("The files in 'spiffs' (64 KB at 0x90000) are lost.");
    expect(out).toMatch(/0x50000 +0x12340 +app1 +[0-9a-f]{32} +verified\n/);
    expect(out).toMatch(/0x90000 +0x2000 +vfs +[0-9a-f]{32} +verified, blank\n/);
    expect(out).toMatch(/Verified by the board's own MD5\. .* were sent in .* The board was restarted\.\n$/);
    expect(desk.flash.subarray(0x50000, 0x50000 + micropython.length)).toEqual(micropython);
    expect(desk.running()).toBe("flash");
    const again = await runOn(desk, "flash --yes");
    expect(again.out).toContain("Nothing had to be sent: the board held it already.");
  });

  it("gives one document to programs", async () => {
    const { code, out } = await runOn(board(), "flash --yes --format json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      board: { mac: "24:0a:c4:00:00:01", runs: "app0" },
      job: { chip: "esp32", regions: { length: 4 } },
      problems: [],
      regions: [{ name: "partition table", status: "verified" }, {}, {}, { name: "vfs", action: "erase" }],
      restarted: true,
    });
  });

  it("shows the same job in a dry run, and writes nothing", async () => {
    const desk = board();
    const dry = await runOn(desk, "flash --dry-run");
    expect(dry.code).toBe(0);
    expect(dry.out).toMatch(/\nNothing was written: this was a dry run\.\n$/);
    expect(desk.counters().programmedBytes).toBe(0);
    expect(desk.running()).toBe("flash");
    const { out } = await runOn(desk, "flash --yes");
    expect(out.startsWith(dry.out.replace("Nothing was written: this was a dry run.\n", ""))).toBe(true);
  });

  it("shows the job without a board too", async () => {
    for (const line of ["flash --dry-run", "flash --dry-run --port COM9"]) {
      const { code, out, err } = await run(line.split(" "), { files });
      expect({ line, code }).toEqual({ line, code: 0 });
      expect(err).toContain("crossflash: No board was asked. ");
      expect(out).toContain("0x50000  0x12340  write   app1");
    }
  });

  it.each<[line: string, said: RegExp | string]>([
    ["flash --field", /0x10000 +0x8000 +app0 .*verified\n/],
    ["flash --field field.csv", /0x10000 +0x8000 +app0 .*verified\n/],
    ["flash --field partitions.csv --slot app1", /0x50000 +0x8000 +app1 .*verified\n/],
    ["flash --field --otadata otadata.bin", /0xe000 +0x2000 +otadata .*\n0x50000 +0x8000 +app1 .*verified\n/],
    ["flash --combined combined.bin", /0x10000 +0x8000 +app0 .*verified\n/],
    ["flash --partition nvs --file settings.bin", /0x9000 +0x10 +nvs .*verified\n.*rest of nvs/],
    ["flash partitions.csv --bootloader bootloader.bin", /0x1000 +0x[0-9a-f]+ +bootloader .*verified\n/],
  ])("does another job: %s", async (line, said) => {
    const more = {
      "combined.bin": makeCombined({
        rows: ROWS,
        bootloader: makeBootloader({ flashSize: "1MB" }),
        apps: { app0: field },
      }),
      "otadata.bin": otadataSelecting(1, 2),
      "settings.bin": pattern(16, 1),
      "bootloader.bin": makeBootloader({ flashSize: "1MB" }),
    };
    const { code, out, err } = await runOn(board(), `${line} --yes`, { files: { ...files, ...more } });
    expect({ code, err: err.includes("crossflash:") }).toEqual({ code: 0, err: false });
    expect(out).toMatch(said);
  });
});

describe("somebody is asked before something is lost", () => {
  const asked = async (world: World) => {
    const desk = board();
    const outcome = await runOn(desk, "flash", world);
    return { ...outcome, written: desk.counters().programmedBytes > 0, running: desk.running() };
  };

  it("and may agree", async () => {
    expect(await asked({ answer: "y" })).toMatchObject({ code: 0, asked: "Continue? [y/N] ", written: true });
  });

  it("or not", async () => {
    for (const answer of ["", "n", "yesterday"])
      expect(await asked({ answer })).toMatchObject({ code: 2, written: false, running: "flash" });
  });

  it("and where nobody can be, nothing is written", async () => {
    const { code, err, written } = await asked({});
    expect({ code, written }).toEqual({ code: 2, written: false });
    expect(err).toContain("Add --yes to agree.");
  });

  it("but not before nothing is lost", async () => {
    const desk = board();
    const { code, asked: question } = await runOn(desk, "erase --range 0xa0000:0xb0000");
    expect({ code, question }).toEqual({ code: 0, question: "" });
  });

  it.each(["erase --range 0x1000:0x8000", "erase --range 0x8000:0x9000"])(
    "and before what no partition holds, but nothing starts without: %s",
    async (line) => {
      const desk = board();
      const before = desk.flash.slice();
      const { code, asked: question, err } = await runOn(desk, line);
      expect({ code, question }).toEqual({
        code: 2,
        question: expect.stringContaining("Mind that the start"),
      });
      expect(err).toContain(
        "bootloader or partition table, would be erased, and nobody can be asked. Add --yes",
      );
      expect(Buffer.compare(desk.flash, before)).toBe(0);
      expect(desk.running()).toBe("flash");
    },
  );
});

describe("bad input gets no write", () => {
  const large = makeMicroPython({ size: 0x48000, flashSize: "1MB" });
  const errors = SOURCE.replace("0x50000", "0x51000");
  const cases: Readonly<
    Record<
      string,
      readonly [line: string, options: VirtualBoardOptions, files: World["files"], code: number, said: string]
    >
  > = {
    "an image larger than its slot": ["flash", {}, { "micropython.bin": large }, 1, "app1"],
    "another chip": ["flash", { chip: "esp32s3", flash: blank(0) }, {}, 1, "but this is for ESP32"],
    "flash encryption": ["flash", { security: { flashEncryption: true } }, {}, 1, "Flash encryption is on"],
    "Secure Boot": ["flash", { security: { secureBoot: "v1" } }, {}, 1, "Secure Boot is on"],
    "a flash that is too small": [
      "flash",
      { flashSize: 0x80000, flash: blank(0) },
      {},
      1,
      "the board's flash ends at 0x80000",
    ],
    "a table with errors": ["flash", {}, { "partitions.csv": errors }, 1, "partitions.csv has errors"],
    "a MicroPython that is none": [
      "flash",
      {},
      { "micropython.bin": blank(100) },
      1,
      "partitions.csv has errors",
    ],
    "no MicroPython": ["flash partitions.csv", {}, { "crossflash.json": "{}" }, 2, "--micropython BIN"],
    "no table": ["flash", {}, { "crossflash.json": "{}" }, 2, "FILE.csv"],
    "no app of the field": ["flash --field field.csv", {}, { "crossflash.json": "{}" }, 2, "--app BIN"],
    "a partition that the board has not": [
      "flash --partition x --file field.bin",
      {},
      {},
      1,
      "has no partition 'x'. It has nvs, otadata, app0, app1 and spiffs.",
    ],
    "a partition of a board without a table": [
      "flash --partition nvs --file field.bin",
      { flash: blank(0) },
      {},
      1,
      "has no partition table",
    ],
    "a file that is not there": ["flash --combined no.bin", {}, {}, 2, "Cannot read 'no.bin'"],
    "half of a job": ["flash --partition nvs", {}, {}, 2, "belong together"],
    "two jobs at once": [
      "flash --field --combined x.bin",
      {},
      {},
      2,
      "Choose one of --field and --combined.",
    ],
    "a table that is not needed": [
      "flash partitions.csv --combined field.bin",
      {},
      {},
      2,
      "leave out 'partitions.csv'",
    ],
    "an option of another job": ["flash --slot app0", {}, {}, 2, "belong to --field"],
    "two places for one app": ["flash --field --slot app0 --otadata x", {}, {}, 2, "--slot and --otadata"],
    "otadata that is none": ["flash --field --otadata field.bin", {}, {}, 1, "otadata"],
    "a MicroPython that would not be written": [
      "flash --field --micropython micropython.bin",
      {},
      {},
      2,
      "With --field leave out --micropython.",
    ],
    "a bootloader that would not be written": [
      "flash --combined x --bootloader y",
      {},
      {},
      2,
      "With --combined leave out --bootloader.",
    ],
    "a port without a name": ["flash --port=", {}, {}, 2, "'-p PORT' must not be empty"],
    "another board": ["flash --mac 24:0A:C4:00:00:02", {}, {}, 1, "but 24:0a:c4:00:00:02 is meant"],
    "erasing nothing": ["erase", {}, {}, 2, "Say what to erase"],
    "erasing half a sector": ["erase --range 0x9800:0xa000", {}, {}, 1, "inside a flash sector"],
    "erasing behind the end": ["erase --range 0xff000:0x101000", {}, {}, 1, "the board's flash ends"],
    "reading to nowhere": ["read --partition nvs", {}, {}, 2, "-o OUT.bin"],
    "two outputs in one place": [
      "read --csv x --range 0:16 -o x",
      {},
      {},
      2,
      "the place of the CSV and of the bytes at once",
    ],
    "bytes in the middle of JSON": [
      "read --csv - --format json",
      {},
      {},
      2,
      "Standard output takes the JSON",
    ],
    "comparing with two things": ["verify --backup x --field", {}, {}, 2, "one of --field and --backup."],
    "reading a partition that is none": ["read --partition x -o x.bin", {}, {}, 1, "has no partition 'x'"],
    "a table that is none": ["read --csv x.csv", { flash: blank(0) }, {}, 1, "has no partition table"],
  };
  for (const [what, [line, options, changed, code, said]] of Object.entries(cases))
    it(what, async () => {
      const desk = board(options);
      const before = desk.flash.slice();
      const outcome = await runOn(desk, /^(flash|erase)/.test(line) ? `${line} --yes` : line, {
        files: { ...files, ...changed },
      });
      expect(outcome.out + outcome.err).toContain(said);
      expect({ code: outcome.code, files: [...outcome.written.keys()] }).toEqual({ code, files: [] });
      expect(Buffer.compare(desk.flash, before)).toBe(0);
      expect(desk.running()).toBe("flash");
    });
});

describe("ports", () => {
  const busy: BoardPort = {
    readable: null,
    writable: null,
    open: () => Promise.reject(new BoardFault("busy", "/dev/ttyUSB1 is in use by minicom (4711).")),
    close: async () => undefined,
    setSignals: async () => undefined,
    getInfo: () => ({}),
  };

  it("are listed", async () => {
    const ports = deskWith({ "/dev/ttyUSB0": board(), "/dev/ttyUSB1": busy });
    expect(await run(["boards"], { ports })).toMatchObject({
      code: 0,
      out: "/dev/ttyUSB0  CP2102\n/dev/ttyUSB1  CP2102\n",
    });
    expect(await run(["boards"])).toMatchObject({ code: 0, out: "No port was found.\n" });
  });

  it("are listed with what hangs on them, and with why nothing is known", async () => {
    const ports = deskWith({ "/dev/ttyUSB0": board(), "/dev/ttyUSB1": busy });
    const { code, out } = await run(["boards", "--identify"], { ports });
    expect(code).toBe(0);
    expect(out).toContain(
      "ESP32 24:0a:c4:00:00:01, revision v3.0: meter 1.4.2 (ESP-IDF v5.0.4) from 'app0'\n",
    );
    expect(out).toContain("/dev/ttyUSB1 is in use by minicom (4711).\n");
    const json = JSON.parse((await run(["boards", "-i", "--format", "json"], { ports })).out);
    expect(json.ports).toMatchObject([
      { board: { runs: "app0" } },
      { error: expect.stringContaining("minicom") },
    ]);
  });

  it.each<[what: string, line: string, boards: readonly string[], said: string]>([
    ["none", "flash --yes", [], "No serial port was found"],
    ["several", "flash --yes", ["COM3", "COM4"], "There are several ports: COM3 (CP2102), COM4 (CP2102)."],
    ["another", "flash --yes --port COM5", ["COM3"], "There is no port COM5."],
  ])("where there is %s, none is taken", async (_, line, paths, said) => {
    const ports = deskWith(Object.fromEntries(paths.map((path) => [path, busy])));
    const { code, err } = await run(line.split(" "), { files, ports });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(said) });
  });

  it("that are busy say by whom", async () => {
    const { code, err, out } = await run(["flash", "--yes", "--format", "json"], {
      files,
      ports: deskWith({ "/dev/ttyUSB1": busy }),
    });
    expect(code).toBe(2);
    expect(err).toContain("in use by minicom (4711)");
    expect(JSON.parse(out)).toMatchObject({ error: { kind: "busy" } });
  });
});

describe("verify", () => {
  it("says that a board holds a layout, or where it differs", async () => {
    const desk = board();
    const before = await runOn(desk, "verify");
    expect(before.code).toBe(1);
    expect(before.out).toContain("The board differs in 'partition table', 'otadata', 'app1'");
    expect(desk.counters().programmedBytes).toBe(0);
    await runOn(desk, "flash --yes");
    expect(await runOn(desk, "verify")).toMatchObject({
      code: 0,
      out: expect.stringContaining("The board holds all of it"),
    });
    desk.flash[0x50100] = (desk.flash[0x50100] ?? 0) ^ 1;
    const tampered = await runOn(desk, "verify --format json");
    expect(tampered.code).toBe(1);
    expect(JSON.parse(tampered.out).regions).toMatchObject([
      {},
      {},
      { name: "app1", status: "different" },
      {},
    ]);
  });
});

describe("read", () => {
  it("tells what is on a board, and writes its table as a CSV", async () => {
    const { code, out, written } = await runOn(board(), "read --csv field.csv");
    expect(code).toBe(0);
    expect(out).toMatch(/Runs +meter 1\.4\.2 \(ESP-IDF v5\.0\.4\) from 'app0'\n/);
    expect(textOf(written.get("field.csv"))).toContain("app1,app,ota_1,0x50000,256K,\n");
    const json = JSON.parse((await runOn(board(), "read --format json")).out);
    expect(json.board.table.partitions).toHaveLength(5);
  });

  it("keeps standard output for what is written there", async () => {
    const { out, err, written } = await runOn(board(), "read --csv -");
    expect(textOf(written.get("-"))).toContain("app1,app,ota_1,0x50000,256K,\n");
    expect({ out, err }).toEqual({ out: "", err: expect.stringMatching(/Runs +meter/) });
  });

  it("of what is not there starts the board again", async () => {
    const desk = board();
    const { code } = await runOn(desk, "read --range 0xffff0:0x100010 -o x.bin");
    expect({ code, running: desk.running() }).toEqual({ code: 2, running: "flash" });
  });

  it("reads a partition or a range", async () => {
    const desk = board();
    for (const line of ["read --partition nvs -o x.bin", "read --range 0x9000:0xe000 -o x.bin"]) {
      const { code, written } = await runOn(desk, line);
      expect({ line, code }).toEqual({ line, code: 0 });
      expect(written.get("x.bin")).toEqual(pattern(0x5000, 9));
    }
    expect(desk.running()).toBe("flash");
  });
});

describe("erase", () => {
  it.each<[line: string, from: number, to: number]>([
    ["erase --all", 0, 0x100000],
    ["erase --range 0x9000:0xa000", 0x9000, 0xa000],
    ["erase --partition nvs", 0x9000, 0xe000],
  ])("%s", async (line, from, to) => {
    const desk = board();
    const before = desk.flash.slice();
    const { code, out } = await runOn(desk, `${line} --yes`);
    expect(code).toBe(0);
    expect(out).toContain("verified, blank");
    expect(Buffer.compare(desk.flash, before.fill(0xff, from, to))).toBe(0);
  });
});

it("erasing all can be tried without a board that tells its size", async () => {
  const { code, out } = await run("erase --all --dry-run --flash-size 4MB".split(" "));
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("0x0      0x400000  erase") });
});

describe("what goes wrong in the middle", () => {
  it("is told with the state of the flash, and the same command goes on", async () => {
    const faults = [{ kind: "disconnect", direction: "up", at: 40_000 }] as const;
    const desk = board({ faults });
    const { code, err, out } = await runOn(desk, "flash --yes --format json");
    expect(code).toBe(2);
    expect(err).toMatch(/crossflash: .*/);
    expect(JSON.parse(out)).toMatchObject({
      error: { kind: "lost" },
      regions: [{ status: "verified" }, {}, {}, {}],
    });
    desk.plugIn();
    expect((await runOn(desk, "flash --yes")).code).toBe(0);
  });

  it("flash that keeps nothing is a finding", async () => {
    const desk = board({ faults: [{ kind: "stuck", offset: 0x52000, size: 0x1000 }] });
    const { code, out } = await runOn(desk, "flash --yes --format json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { kind: "not-verified" } });
  });

  it("Ctrl-C stops at the next block, and the same command goes on", async () => {
    const stop = new AbortController();
    const desk = board();
    const onErr = (text: string): void => {
      if (text.startsWith("Writing app1")) stop.abort();
    };
    const { code, err, out } = await runOn(desk, "flash --yes --format json", {
      interrupted: stop.signal,
      onErr,
    });
    expect(code).toBe(2);
    expect(err).toMatch(/\ncrossflash: .*app1/);
    expect(JSON.parse(out)).toMatchObject({
      error: { kind: "cancelled" },
      regions: [
        { status: "verified" },
        { status: "verified" },
        { status: "partial" },
        { status: "untouched" },
      ],
    });
    const { out: rest, code: done } = await runOn(desk, "flash --yes --format json");
    expect(done).toBe(0);
    expect(JSON.parse(rest).sentBytes).toBeLessThan(micropython.length);
  });

  it("Ctrl-C before the first block starts the board again", async () => {
    const stop = new AbortController();
    const desk = board();
    const { code, err } = await runOn(desk, "flash", {
      interrupted: stop.signal,
      answer: () => {
        stop.abort();
        return "y";
      },
    });
    expect({ code, written: desk.counters().programmedBytes }).toEqual({ code: 2, written: 0 });
    expect(err).toContain("Not touched: 'partition table', 'otadata', 'app1', 'vfs'.");
    expect(desk.running()).toBe("flash");
  });

  it("Ctrl-C before anything was written leaves a board that runs", async () => {
    const stop = new AbortController();
    const desk = board();
    stop.abort();
    const { code } = await runOn(desk, "flash --yes", { interrupted: stop.signal });
    expect({ code, written: desk.counters().programmedBytes }).toEqual({ code: 2, written: 0 });
  });
});

it("a terminal is shown one line that is drawn again, and left without it", async () => {
  const { err } = await runOn(board(), "flash --yes", { watched: true });
  const drawn = err.split("\r").slice(1);
  expect(drawn.at(-1)).toBe("\u001b[K");
  expect(drawn.slice(0, -1).join("")).toMatch(/^([^\n\u001b]+: [\d.]+ [KM]?B[^\n\u001b]*\u001b\[K)+$/);
});
