import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { chipById } from "../../core/chip/targets";
import { printBackup } from "../../core/job/backup";
import { proposalKinds } from "../../core/migrate/solve/arrange";
import { stockNames, stockTables } from "../core/migrate/stockTables";
import { ascii } from "../support/bytes";
import {
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
  type RowFixture,
} from "../support/imageFixture";
import { run, textOf, type World } from "./support/fakeIo";

type Files = NonNullable<World["files"]>;

const rows: readonly RowFixture[] = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x5000 },
  { label: "otadata", type: 1, subtype: 0, offset: 0xe000, size: 0x2000 },
  { label: "app0", type: 0, subtype: 0x10, offset: 0x10000, size: 0x140000 },
  { label: "app1", type: 0, subtype: 0x11, offset: 0x150000, size: 0x140000 },
  { label: "spiffs", type: 1, subtype: 0x82, offset: 0x290000, size: 0x170000 },
];
const field = `${rows.map(({ label, type, subtype, offset, size }) => `${label}, ${type}, ${subtype}, ${offset}, ${size}`).join("\n")}\n`;
const sourceCsv = `# ESP-IDF Partition Table
# Name, Type, SubType, Offset, Size, Flags
nvs,data,nvs,0x9000,20K,
otadata,data,ota,0xe000,8K,
app0,app,ota_0,0x10000,1280K,
app1,app,ota_1,0x150000,1280K,
spiffs,data,spiffs,0x290000,1472K,
`;
const targetCsv = `# ESP-IDF Partition Table
# Name, Type, SubType, Offset, Size, Flags
nvs,data,nvs,0x9000,20K,
otadata,data,ota,0xe000,8K,
app0,app,ota_0,0x10000,1280K,
app1,app,ota_1,0x150000,1536K,
vfs,data,fat,0x2d0000,1216K,
`;
const header = (bytes: Uint8Array) => ascii(`const char final_table[] = {${[...bytes].join(",")}};\n`);
const dump = makeCombined({
  rows,
  apps: { app0: makeApp() },
  bootloader: makeBootloader({ idfVersion: "v5.2.2" }),
  flashOffset: 0,
  size: 0x400000,
});
const backup = printBackup({
  chip: chipById("esp32") ?? expect.fail(),
  mac: "24:6f:28:00:00:01",
  flashSize: dump.length,
  regions: [
    {
      name: "flash",
      address: 0,
      size: dump.length,
      file: "flash.bin",
      sha256: createHash("sha256").update(dump).digest("hex"),
    },
  ],
});
/** As large as the one of the published procedure. */
const micropython = makeMicroPython({ size: 1_464_336 });
const files: Files = {
  ".git": "",
  "field.csv": field,
  "table.bin": makeTable(rows),
  "dump.bin": dump,
  "old.h": header(makeTable(rows)),
  "desk/backup.json": backup,
  "desk/flash.bin": dump,
  "mp.bin": micropython,
};

const init = (line: string, more: Files = {}) =>
  run(["init", ...line.split(" ")], { files: { ...files, ...more } });
const stated = "--flash-size 4MB --micropython mp.bin";
const valuesOf = (bytes: Uint8Array | undefined) => JSON.parse(textOf(bytes) ?? "{}");

describe("the proposals", () => {
  it("are shown as tables, with what is kept, lost and possible later", async () => {
    const { code, out, written } = await init(`--source field.csv ${stated}`);
    expect({ code, written: written.size }).toEqual({ code: 0, written: 0 });
    for (const part of [
      "The devices (field.csv): ESP32, 4MB of flash, partition table at 0x8000\n",
      "MicroPython (mp.bin): MicroPython v1.23.0, 1,464,336 bytes\n",
      "\nAs published (--layout published)\n",
      "  app1     app, ota_1    0x150000  1.5 MB   grown\n",
      "  spiffs   data, spiffs  0x290000  1.44 MB  erased\n",
      "  vfs      data, fat     0x2d0000  1.19 MB  new\n",
      "  - MicroPython cannot update itself over the air later",
      "\nBalanced (--layout balanced)\n",
      "  It is the same table as 'As published'.\n",
    ])
      expect(out).toContain(part);
  });

  it("say what would help where there are none", async () => {
    const large = { "mp.bin": makeMicroPython({ size: 0x3f0000 }) };
    const { code, out, written } = await init(`--source field.csv ${stated} --layout balanced`, large);
    expect({ code, written: written.size }).toEqual({ code: 1, written: 0 });
    expect(out).toContain("  Not possible. ");
    expect(out).toContain("  - It fits devices with 8MB of flash.");
  });

  it("follow the margin, the slot that runs and what may go", async () => {
    const { out } = await init(`--source field.csv ${stated} --margin 20 --running-slot app1`);
    expect(out).toContain("  app1     app, ota_1    0x150000  1.69 MB  grown\n");
    expect(out).not.toContain("It is not known from which slot the devices run");
    const full = { "field.csv": field.replace("spiffs, 1, 130", "mine, 64, 1") };
    expect((await init(`--source field.csv ${stated}`, full)).code).toBe(1);
    expect((await init(`--source field.csv ${stated} --give-up mine`, full)).code).toBe(0);
  });

  it("are data for programs", async () => {
    const { out } = await init(`--source dump.bin --micropython mp.bin --format json`);
    expect(JSON.parse(out)).toMatchObject({
      chip: "esp32",
      flashSize: 0x400000,
      source: { file: "dump.bin", tableOffset: 0x8000 },
      micropython: { file: "mp.bin", size: micropython.length },
      proposals: [{ kind: "published", isPossible: true, csv: targetCsv }, {}, {}],
    });
  });
});

describe("the table of the devices", () => {
  const sources: Readonly<Record<string, readonly [source: string, bootloader: object | undefined]>> = {
    "a table binary": ["table.bin --flash-size 4MB", undefined],
    "a header": ["old.h --flash-size 4MB", undefined],
    "a dump": ["dump.bin", { image: "dump.bin" }],
    "the folder of a backup": ["desk", { image: "desk/flash.bin" }],
    "the manifest of a backup": ["desk/backup.json", { image: "desk/flash.bin" }],
  };
  for (const [what, [source, bootloader]] of Object.entries(sources))
    it(`is read from ${what}, and written as a CSV`, async () => {
      const { code, written } = await init(`--source ${source} --micropython mp.bin --layout published`);
      expect({ code, files: [...written.keys()] }).toEqual({
        code: 0,
        files: ["field/partitions.csv", "partitions.csv", "crossflash.json"],
      });
      expect(textOf(written.get("field/partitions.csv"))).toBe(sourceCsv);
      expect(textOf(written.get("partitions.csv"))).toBe(targetCsv);
      expect(valuesOf(written.get("crossflash.json"))).toEqual({
        chip: "esp32",
        flashSize: "4MB",
        partitionTableOffset: "0x8000",
        ...(bootloader ? { bootloader } : {}),
        source: { table: "field/partitions.csv" },
        target: { table: "partitions.csv", micropython: "mp.bin" },
      });
    });

  it("stays where it is when it is a CSV of the project, and is never written over", async () => {
    const own = { "partitions.csv": field };
    const { code, written } = await init(`--source partitions.csv ${stated} --layout published --force`, own);
    expect({ code, files: [...written.keys()] }).toEqual({
      code: 0,
      files: ["partitions-micropython.csv", "crossflash.json"],
    });
    expect(valuesOf(written.get("crossflash.json"))).toMatchObject({
      source: { table: "partitions.csv" },
      target: { table: "partitions-micropython.csv" },
    });
  });

  it("is copied where it lies outside of the project, and the version of its bootloader stated", async () => {
    const away = { "/away/field.csv": field, "/away/dump.bin": dump };
    const csv = await init(`--source /away/field.csv ${stated} --layout published`, away);
    expect(textOf(csv.written.get("field/partitions.csv"))).toBe(field);
    const { written } = await init("--source /away/dump.bin --micropython mp.bin --layout published", away);
    expect(valuesOf(written.get("crossflash.json"))).toMatchObject({ bootloader: { idf: "v5.2.2" } });
  });
});

describe("the folder of the migration", () => {
  it("is the one that is named, from which the manifest sees its files", async () => {
    const { written } = await init(`--source field.csv ${stated} --layout balanced -o new --arduino 1.0.6`);
    expect([...written.keys()]).toEqual(["new/partitions.csv", "new/crossflash.json"]);
    expect(valuesOf(written.get("new/crossflash.json"))).toMatchObject({
      bootloader: { arduino: "1.0.6" },
      source: { table: "../field.csv" },
      target: { table: "partitions.csv", micropython: "../mp.bin" },
    });
  });

  it("is told from its manifest, which keeps what else it says", async () => {
    const old = `{
  // The devices in the hall.
  "chip": "esp32",
  "flashSize": "4MB",
  "source": { "table": "field.csv" },
  "target": { "micropython": "mp.bin", "header": "main/repartition.h" }
}
`;
    const there = { "crossflash.json": old };
    const refused = await init("--layout published", there);
    expect({ code: refused.code, written: refused.written.size }).toEqual({ code: 2, written: 0 });
    expect(refused.err).toContain("'crossflash.json' is there already. Nothing was written.");
    const { written } = await init("--layout published --force", there);
    expect([...written.keys()]).toEqual(["partitions.csv", "crossflash.json"]);
    const text = textOf(written.get("crossflash.json"));
    expect(text).toContain("// The devices in the hall.");
    expect(text).toContain('"header": "main/repartition.h", "table": "partitions.csv"');
  });
});

describe("nothing is written when anything is wrong", () => {
  const cases: readonly (readonly [line: string, code: number, message: string, more?: Files])[] = [
    [stated, 2, "Say which table the devices have with --source FILE"],
    ["--source field.csv", 2, "Say which MicroPython they shall get with --micropython BIN"],
    ["--source field.csv --micropython mp.bin", 2, "Say how much flash the devices have with --flash-size"],
    [`--source none.csv ${stated}`, 2, "Cannot read 'none.csv'"],
    [`--source mp.bin ${stated}`, 1, "'mp.bin' cannot be used. The file holds no partition table."],
    [`--source bad.csv ${stated}`, 1, "'bad.csv' cannot be used, because", { "bad.csv": "nvs, data\n" }],
    [`--source empty.csv ${stated}`, 1, "cannot be used", { "empty.csv": "" }],
    [
      `--source two.bin ${stated}`,
      2,
      "'two.bin' holds several partition tables.",
      { "two.bin": twoTables() },
    ],
    [`--source dump.bin ${stated} --table-offset 0x9000`, 2, "the table lies at 0x8000, not at 0x9000"],
    ["--source desk --micropython mp.bin", 1, "The SHA-256 of 'flash.bin' is", { "desk/flash.bin": other() }],
    ["--source desk --micropython mp.bin", 1, "'desk' cannot be used.", { "desk/backup.json": "{}" }],
    ["--source field.csv --flash-size 4MB --micropython table.bin", 1, "'table.bin' cannot be used."],
    [
      "--source field.csv --flash-size 4MB --micropython dump.bin",
      1,
      "Extract it with 'crossflash extract-app'",
    ],
    [`--source field.csv ${stated} --chip esp32s3`, 1, "'published' is not possible."],
    [`--source field.csv ${stated} --flash-size 2MB`, 1, "'published' is not possible."],
    [`--source field.csv ${stated} --running-slot x`, 1, "No app can run from 'x'"],
    [`--source field.csv ${stated} --give-up x`, 2, "'field.csv' has no partition 'x' to give up."],
    [`--source field.csv ${stated} --margin much`, 2, "must be a share of the binary such as 10, not 'much'"],
    [`--source field.csv ${stated}`, 2, "'partitions.csv' is there already.", { "partitions.csv": field }],
    [
      "--source field.csv --flash-size 4MB --micropython /away/mp.bin",
      2,
      "'/away/mp.bin' lies outside of '/project', where crossflash.json cannot name it.",
      { "/away/mp.bin": micropython },
    ],
    [
      `--source field/partitions.csv ${stated} --force`,
      2,
      "'field/partitions.csv' is the input and the output at once.",
      { "field/partitions.csv": makeTable(rows) },
    ],
    [
      `--source field.csv ${stated} --force`,
      1,
      "crossflash.json cannot be written.",
      { "crossflash.json": "[" },
    ],
  ];
  for (const [line, code, message, more] of cases)
    it(`${line}: ${message}`, async () => {
      const outcome = await init(`${line} --layout published`, more);
      expect({ code: outcome.code, written: outcome.written.size }).toEqual({ code, written: 0 });
      expect(outcome.err).toContain(message);
    });
});

function twoTables(): Uint8Array {
  const two = dump.slice();
  two.set(makeTable(rows.slice(1)), 0x3f0000);
  return two;
}

function other(): Uint8Array {
  const changed = dump.slice();
  changed[0x300000] = 0;
  return changed;
}

describe("what is begun passes every check", () => {
  for (const name of stockNames)
    it(name, async () => {
      const { flash, table } = stockTables[name];
      const world = { "field.csv": table, "mp.bin": makeMicroPython({ size: 1_600_000 }) };
      for (const layout of proposalKinds) {
        const options = `--source field.csv --micropython mp.bin --flash-size ${flash}MB --layout ${layout}`;
        const { code, written } = await init(options, world);
        if (code === 1) expect(written.size).toBe(0);
        else {
          const begun = { ...files, ...world, ...Object.fromEntries(written) };
          const checked = await run(["check", "partitions.csv", "field.csv"], { files: begun });
          expect({ layout, code: checked.code, out: checked.out }).toMatchObject({ layout, code: 0 });
        }
      }
    });
});
