import { describe, expect, it } from "vitest";
import { makeBootloader, makeMicroPython, sealAgain } from "../support/imageFixture";
import { run, textOf, type World } from "./support/fakeIo";

type Files = NonNullable<World["files"]>;

const source = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x140000
spiffs, data, spiffs, 0x290000, 0x170000
`;
const target = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x180000
vfs, data, fat, 0x2d0000, 0x130000
`;
const manifest = {
  chip: "esp32",
  flashSize: "4MB",
  bootloader: { idf: "v5.0.4" },
  source: { table: "field/partitions.csv" },
  target: { table: "partitions.csv", micropython: "micropython.bin" },
  delivery: {
    repartitioner: "http://192.168.1.10:9000/repartitioner.bin",
    micropython: "http://192.168.1.10:9000/micropython.bin",
  },
};
const files: Files = {
  ".git": "",
  "crossflash.json": JSON.stringify(manifest),
  "field/partitions.csv": source,
  "partitions.csv": target,
  "micropython.bin": makeMicroPython({ size: 1_464_336 }),
};
const changed = (changes: object): Files => ({
  "crossflash.json": JSON.stringify({ ...manifest, ...changes }),
});

const scaffold = (line = "", more: Files = {}) =>
  run(["scaffold", ...line.split(" ").filter((word) => word !== "")], { files: { ...files, ...more } });

/** What is there after a first run, with all that it wrote. */
async function project(line = ""): Promise<Files> {
  const { written } = await scaffold(line);
  return Object.fromEntries([...written].map(([path, bytes]) => [path, textOf(bytes) ?? ""]));
}
const edit = (there: Files, path: string, more: string): Files => ({
  ...there,
  [path]: `${there[path]}${more}`,
});

/** A bootloader for 80 MHz, as most boards of Arduino have it. */
function fastBootloader(): Uint8Array {
  const bytes = makeBootloader({ idfVersion: "v5.0.4" });
  bytes[3] = ((bytes[3] ?? 0) & 0xf0) | 0xf;
  return sealAgain(bytes);
}

describe("the flash clock of a project", () => {
  const clockOf = async (bootloader: object) => {
    const more = { ...changed({ bootloader }), "boot.bin": fastBootloader() };
    const { written, err } = await scaffold("", more);
    const defaults = textOf(written.get("repartitioner/sdkconfig.defaults")) ?? err;
    return /^CONFIG_ESPTOOLPY_FLASHFREQ_.*$/m.exec(defaults)?.[0];
  };

  it("is that of the bootloader where its image is known, else one that all flash has", async () => {
    expect(await clockOf({ image: "boot.bin" })).toBe("CONFIG_ESPTOOLPY_FLASHFREQ_80M=y");
    expect(await clockOf({ idf: "v5.0.4" })).toBe("CONFIG_ESPTOOLPY_FLASHFREQ_40M=y");
  });
});

describe("a project", () => {
  it("is written whole, and the manifest names its header", async () => {
    const { code, out, err, written } = await scaffold();
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringContaining("the migration plan says what is missing"),
    });
    expect([...written.keys()].filter((path) => !path.startsWith("repartitioner/"))).toEqual([
      "crossflash.json",
    ]);
    expect(JSON.parse(textOf(written.get("crossflash.json")) ?? "").target.header).toBe(
      "repartitioner/main/repartition.h",
    );
    expect(textOf(written.get("repartitioner/sdkconfig.defaults"))).toContain("(ESP-IDF) v5.0.4 ");
    expect(textOf(written.get("repartitioner/partitions.csv"))).toContain(
      "spiffs,data,spiffs,0x290000,1472K,",
    );
    expect(out).toMatch(/^\d+ files were written for repartitioner, which builds with ESP-IDF v5\.0\.4\.\n/);
    expect(out).toContain("build/repartitioner.bin");
  });

  it.each([
    ["-o elsewhere/fw", "elsewhere/fw", {}],
    ["", "fw", changed({ target: { ...manifest.target, header: "fw/main/repartition.h" } })],
    ["", "repartitioner", changed({ target: { ...manifest.target, header: "main/repartition.h" } })],
  ])("goes with %j into %s", async (line, folder, more) => {
    const { code, written } = await scaffold(line, {
      "fw/main/repartition.h": "",
      "main/repartition.h": "",
      ...more,
    });
    expect({ code, has: written.has(`${folder}/CMakeLists.txt`) }).toEqual({
      code: folder === "fw" ? 1 : 0,
      has: true,
    });
  });

  it("says which header the manifest names instead of its own", async () => {
    const { err, written } = await scaffold("", {
      "main/repartition.h": "",
      ...changed({ target: { ...manifest.target, header: "main/repartition.h" } }),
    });
    expect(err).toContain('change "header" of "target" to "repartitioner/main/repartition.h"');
    expect(written.has("crossflash.json")).toBe(false);
  });

  it("is told to programs", async () => {
    const { out } = await scaffold("--format json");
    const told = JSON.parse(out);
    expect(told).toMatchObject({ idf: "v5.0.4", app: "build/repartitioner.bin", leftOver: [] });
    expect(told.files).toContainEqual({ path: "main/repartition.h", state: "new" });
    expect(told.written).toContain("repartitioner/README.md");
  });
});

describe("a project that is there", () => {
  it("is left as it is where nothing has changed", async () => {
    const there = await project();
    const { code, out, written } = await scaffold("", there);
    expect({ code, written: [...written.keys()] }).toEqual({ code: 0, written: [] });
    expect(out).toContain("repartitioner is up to date.");
    expect(await scaffold("--check", there)).toMatchObject({
      code: 0,
      out: "repartitioner is up to date.\n",
    });
  });

  it("keeps the ESP-IDF that somebody wanted", async () => {
    const there = await project("--idf v5.1.4");
    expect(await scaffold("--check", there)).toMatchObject({ code: 0 });
    const { written } = await scaffold("--idf v5.0.4", there);
    expect(textOf(written.get("repartitioner/sdkconfig.defaults"))).toContain("(ESP-IDF) v5.0.4 ");
    expect(textOf(written.get("repartitioner/.crossflash-scaffold.json"))).toContain('"idf": "v5.0.4"');
  });

  it("is brought up to date, without what somebody has changed", async () => {
    const there = edit(await project(), "repartitioner/README.md", "mine\n");
    const next = { ...there, "micropython.bin": makeMicroPython({ size: 1_400_016 }) };
    const { code, out, written } = await scaffold("", next);
    expect({ code, written: [...written.keys()] }).toEqual({
      code: 0,
      written: ["repartitioner/main/repartition.h", "repartitioner/.crossflash-scaffold.json"],
    });
    expect(out).toContain(
      "repartitioner/README.md was changed by somebody and left alone. --force replaces it.",
    );
    expect((await scaffold("--force", next)).written.has("repartitioner/README.md")).toBe(true);
  });

  it.each([
    [
      "micropython.bin",
      { "micropython.bin": makeMicroPython({ size: 1_400_016 }) },
      "main/repartition.h is out of date.",
    ],
    [
      "the table",
      { "partitions.csv": target.replace("0x130000", "0x120000") },
      "main/repartition.h is out of date.",
    ],
    [
      "nothing but its own header",
      {},
      "main/repartition.h was changed by somebody, and something else would be made now.",
    ],
  ])("is checked: %s has changed", async (what, more, said) => {
    const made = await project();
    const header = "repartitioner/main/repartition.h";
    const there = what.startsWith("nothing") ? edit(made, header, "// mine\n") : made;
    const { code, out, written } = await scaffold("--check", { ...there, ...more });
    expect({ code, written: written.size }).toEqual({ code: 1, written: 0 });
    expect(out).toContain(`repartitioner/${said}\n`);
    expect(out).toContain("repartitioner is out of date. Run 'crossflash scaffold'.");
  });

  it("is fine with files of somebody's own, and without secrets", async () => {
    const { "repartitioner/main/rp_secrets.h": _, ...there } = await project();
    const own = edit(there, "repartitioner/CMakeLists.txt", "# mine\n");
    expect(await scaffold("--check", own)).toMatchObject({ code: 0, out: "repartitioner is up to date.\n" });
  });

  it("is not fine with a header that somebody has changed", async () => {
    const there = edit(await project(), "repartitioner/main/repartition.h", "// mine\n");
    expect((await scaffold("", there)).code).toBe(1);
    expect((await scaffold("--force", there)).code).toBe(0);
  });

  it("is still exported into, which changes nothing of the rest", async () => {
    const there = await project();
    const next = { ...there, "partitions.csv": target.replace("0x130000", "0x120000") };
    const exported = await run(["export", "partitions.csv"], { files: { ...files, ...next } });
    const header = "repartitioner/main/repartition.h";
    expect(exported.code).toBe(0);
    expect(exported.err).toContain("run 'crossflash scaffold'");
    const text = textOf(exported.written.get(header)) ?? "";
    expect(text).toContain("#define REPARTITION_ERASE_LIST { { 0x2d0000, 0x130000 } }");
    const again = await scaffold("", { ...next, [header]: text });
    expect(again.code).toBe(0);
    expect(textOf(again.written.get(header))).toContain("REPARTITION_ERASE_LIST { { 0x2d0000, 0x120000 } }");
  });
});

describe("nothing is written", () => {
  it.each<[string, string, Files, number, RegExp]>([
    [
      "where the plan has errors",
      "",
      { "partitions.csv": target.replace("vfs", "www") },
      1,
      /the plan has 2 errors/,
    ],
    ["where the verdict is refused", "--bootloader v5.4", {}, 1, /would not start MicroPython/],
    ["for an ESP-IDF that the bootloader refuses", "--idf v4.4", {}, 1, /older than the bootloader/],
    ["over the target table", "-o .", {}, 2, /would be written over 'partitions\.csv'/],
    ["over the table of the devices", "-o field", {}, 2, /would be written over 'field\/partitions\.csv'/],
    ["without a manifest", "other.json", {}, 2, /other\.json/],
    ["for no version", "--idf new", {}, 2, /must be a version such as v4\.4, not 'new'/],
    [
      "with a manifest that lacks MicroPython",
      "",
      changed({ target: { table: "partitions.csv" } }),
      2,
      /micropython/,
    ],
  ])("%s", async (_, line, more, code, said) => {
    const outcome = await scaffold(line, more);
    expect({ code: outcome.code, written: outcome.written.size }).toEqual({ code, written: 0 });
    expect(outcome.err).toMatch(said);
  });
});
