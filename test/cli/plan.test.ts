import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeApp, makeBootloader, makeMicroPython, micropythonTexts } from "../support/imageFixture";
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
};
const micropython = makeMicroPython({ size: 1_464_336 });
const repartitioner = makeApp({ size: 0xc0000 });
const files: Files = {
  ".git": "",
  "crossflash.json": JSON.stringify(manifest),
  "field/partitions.csv": source,
  "partitions.csv": target,
  "micropython.bin": micropython,
  "repartitioner.bin": repartitioner,
};
const secure = "--rollback off --secure-boot off --flash-encryption off --chip-revision 3.1";
const whole = `--repartitioner repartitioner.bin ${secure}`;

const plan = (line: string, more: Files = {}) =>
  run(["plan", ...line.split(" ").filter((word) => word !== "")], { files: { ...files, ...more } });
const changed = (changes: object): Files => ({
  "crossflash.json": JSON.stringify({ ...manifest, ...changes }),
});
const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The report as data. */
async function report(line: string, more: Files = {}) {
  const { code, err, written } = await plan(`${line} --format json`, more);
  return { code, err, found: JSON.parse(textOf(written.get("-")) ?? "null") };
}

describe("the plan", () => {
  it("names every file with its SHA-256, and is supported where all is known and fine", async () => {
    const { code, found } = await report(whole);
    expect({ code, verdict: found.conclusion.verdict }).toEqual({ code: 0, verdict: "supported" });
    const names = [
      "crossflash.json",
      "field/partitions.csv",
      "partitions.csv",
      "repartitioner.bin",
      "micropython.bin",
    ];
    expect(found.inputs).toEqual(
      names.map((name) => expect.objectContaining({ name, sha256: sha256(files[name] ?? "") })),
    );
    expect(found.images.repartitioner).toEqual({ size: 0xc0000, sha256: sha256(repartitioner) });
    expect(found.source.entries[0]).toEqual({
      name: "nvs",
      type: 1,
      subtype: 2,
      offset: 0x9000,
      size: 0x5000,
      encrypted: false,
      readonly: false,
    });
    expect(found.plan.routes.map(({ start }: { readonly start: string }) => start)).toEqual(["app0", "app1"]);
  });

  it("takes the signature of an app for a part of it, and nothing that stands behind it", async () => {
    const padded = new Uint8Array(micropython.length + 0x1000).fill(0xff);
    padded.set(micropython);
    const { found } = await report(whole, { "micropython.bin": padded });
    expect(found.images.micropython).toEqual({ size: micropython.length, sha256: sha256(micropython) });
    expect(found.inputs).toContainEqual(expect.objectContaining({ sha256: sha256(padded) }));
  });

  it("is made before there is a repartitioner, for the largest that fits, and says so", async () => {
    const { code, found } = await report(secure);
    expect({ code, verdict: found.conclusion.verdict, missing: found.missing }).toEqual({
      code: 0,
      verdict: "unknown",
      missing: ["Repartitioner"],
    });
    expect(found.images.repartitioner).toEqual({ size: 0x140000 });
    const { written } = await plan(secure);
    expect(textOf(written.get("-"))).toMatch(/not built yet; planned with 1,310,720 bytes/);
  });

  it.each([
    ["v3.3.5", 0, "supported"],
    ["v3.3.2", 1, "refused"],
  ] as const)(
    "of the published example with MicroPython of ESP-IDF %s",
    async (idfVersion, code, verdict) => {
      const told = await report(whole, {
        ...changed({ bootloader: { arduino: "1.0.6" } }),
        "micropython.bin": makeMicroPython({
          size: 1_464_336,
          idfVersion,
          texts: micropythonTexts("v1.14", "ESP32 module with ESP32", "2021-02-02"),
        }),
        "repartitioner.bin": makeApp({ size: 0xc0000, idfVersion: "v3.3.5" }),
      });
      expect({ code: told.code, verdict: told.found.conclusion.verdict }).toEqual({ code, verdict });
      expect(told.found.advice?.port?.to).toBe(code === 0 ? undefined : "v3.3.5");
    },
  );

  it.each([
    ["for another chip", { chip: "esp32c3", size: 0xc0000, idfVersion: "v5.0.4" }],
    ["older than the bootloader", { size: 0xc0000, idfVersion: "v4.4" }],
  ] as const)("refuses a repartitioner that is %s", async (_, fixture) => {
    const { code, found } = await report(whole, { "repartitioner.bin": makeApp(fixture) });
    expect({ code, verdict: found.conclusion.verdict }).toEqual({ code: 1, verdict: "refused" });
    expect(found.conclusion.sentences).toContain("Refused: The repartitioner itself.");
  });

  it("finds the repartitioner that its project has built", async () => {
    const project = {
      ...changed({
        target: { ...manifest.target, header: "main/repartition.h" },
        delivery: { repartitioner: "http://192.168.1.10:9000/switch.bin" },
      }),
      "sdkconfig.defaults": "CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED=y\nCONFIG_OTA_ALLOW_HTTP=y\n",
      "build/switch.bin": repartitioner,
    };
    const { found } = await report(secure, project);
    expect(found.inputs).toContainEqual({
      role: "repartitioner",
      name: "build/switch.bin",
      size: repartitioner.length,
      sha256: sha256(repartitioner),
    });
  });

  it.each([
    ["header", { "main/repartition.h": "const unsigned char final_table[] = { 0xaa, 0x50, 0x01 };\n" }],
    ["sdkconfig", { sdkconfig: "CONFIG_SPI_FLASH_DANGEROUS_WRITE_ABORTS=y\n" }],
  ])("warns of a project whose %s says otherwise, and means another migration", async (_, files) => {
    const project = changed({ target: { ...manifest.target, header: "main/repartition.h" } });
    const { code, found } = await report(whole, { ...project, ...files });
    expect({ code, verdict: found.conclusion.verdict }).toEqual({ code: 0, verdict: "risky" });
    expect(found.conclusion.sentences).toContainEqual(
      expect.stringMatching(/^The project of the repartitioner disagrees with the plan: \d warnings?\.$/),
    );
    expect(found.plan.problems).toContainEqual(
      expect.objectContaining({ id: "migration-project", severity: "warning" }),
    );
    expect(found.fingerprint).not.toBe((await report(whole)).found.fingerprint);
  });

  it("has the route of one slot where it is stated", async () => {
    const { found } = await report(`${whole} --running-slot app1`);
    expect(found.plan.routes.map(({ start }: { readonly start: string }) => start)).toEqual(["app1"]);
  });

  it("means another migration where anything that decides is another", async () => {
    const fingerprint = async (line: string, more?: Files) => (await report(line, more)).found.fingerprint;
    const same = await fingerprint(whole);
    const commented = { "crossflash.json": `// For the devices in the hall.\n${JSON.stringify(manifest)}` };
    expect(await fingerprint(whole, commented)).toBe(same);
    const others = [
      await fingerprint(`${whole} --rule documented`),
      await fingerprint(`${whole} --secure-boot on`),
      await fingerprint(`${whole} --running-slot app0`),
      await fingerprint(`${whole} --bootloader v5.0.2`),
      await fingerprint(whole, { "micropython.bin": makeMicroPython({ size: 1_464_352 }) }),
      await fingerprint(whole, { "partitions.csv": target.replace("0x130000", "0x120000") }),
    ];
    expect(new Set([same, ...others]).size).toBe(others.length + 1);
  });

  it("reads the bootloader from its image, and what it believes of the flash", async () => {
    const image = {
      ...changed({ flashSize: undefined, bootloader: { image: "boot.bin" } }),
      "boot.bin": makeBootloader({ idfVersion: "v5.2", flashSize: "8MB" }),
    };
    const { code, found } = await report(whole, image);
    expect({ code, verdict: found.conclusion.verdict }).toEqual({ code: 1, verdict: "refused" });
    expect(found.devices).toContainEqual({ label: "Flash size", value: "8 MB" });
  });
});

describe("the forms", () => {
  const beginnings = {
    text: "Migration to MicroPython\n====",
    markdown: "# Migration to MicroPython\n",
    html: "<!doctype html>",
    json: "{\n",
  };
  for (const [format, beginning] of Object.entries(beginnings))
    it(`${format} goes to standard output, or into a file`, async () => {
      const { code, out, written } = await plan(`${whole} --format ${format}`);
      expect({ code, out, files: [...written.keys()] }).toEqual({ code: 0, out: "", files: ["-"] });
      const text = textOf(written.get("-")) ?? "";
      expect(text.slice(0, beginning.length).toLowerCase()).toBe(beginning.toLowerCase());
      const filed = await plan(`${whole} --format ${format} -o plan.out`);
      expect([...filed.written]).toEqual([["plan.out", written.get("-")]]);
      expect(filed.out).toMatch(/^Nothing that is known speaks against[\s\S]*\nplan\.out was written\.\n$/);
      const fingerprint = /^Fingerprint: ([0-9a-f]{64})$/m.exec(filed.out)?.[1];
      expect(text).toContain(fingerprint);
    });

  it("never carry control characters to the terminal", async () => {
    const named = { "partitions.csv": target.replace("app1", "app\u009b1") };
    for (const format of ["text", "markdown", "json"]) {
      const { written } = await plan(`${whole} --format ${format}`, named);
      expect(textOf(written.get("-"))).not.toMatch(/[\x80-\x9f]/);
    }
  });
});

describe("a plan with errors", () => {
  const beyond = { "partitions.csv": target.replace("0x2d0000", "0x3d0000") };

  it("is shown, and not written into a file", async () => {
    const shown = await plan(whole, beyond);
    expect({ code: shown.code, files: [...shown.written.keys()] }).toEqual({ code: 1, files: ["-"] });
    expect(textOf(shown.written.get("-"))).toContain("ERROR: 'vfs' ends at 0x500000");
    const filed = await plan(`${whole} -o plan.html --format html`, beyond);
    expect({ code: filed.code, written: filed.written.size }).toEqual({ code: 1, written: 0 });
    expect(filed.err).toContain("error: 'vfs' ends at 0x500000");
    expect(filed.err).toContain("[migration-table-end]");
    expect(filed.err).toContain("'plan.html' was not written, because the plan has errors.");
  });

  it("is told from a verdict that is refused, which is worth a file", async () => {
    const { code, written } = await plan(`${whole} --bootloader v5.2 -o plan.txt`);
    expect({ code, files: [...written.keys()] }).toEqual({ code: 1, files: ["plan.txt"] });
  });
});

describe("nothing is written when anything is wrong", () => {
  const cases: readonly (readonly [line: string, code: number, message: string, more?: Files])[] = [
    ["none.json", 2, "Cannot read 'none.json'"],
    ["--repartitioner none.bin", 2, "Cannot read 'none.bin'"],
    ["--repartitioner partitions.csv", 1, "'partitions.csv' cannot be used, because an app is needed."],
    ["", 1, "No plan was made, because crossflash.json has errors.", { "crossflash.json": "[" }],
    ["", 1, "[manifest-file]", changed({ target: { ...manifest.target, micropython: "none.bin" } })],
    ["", 1, "[manifest-image]", { "micropython.bin": micropython.subarray(0, 1000) }],
    ["", 2, 'crossflash.json does not say "table" of "source".', changed({ source: {} })],
    [
      "",
      2,
      'does not say "table" of "source" and "table" of "target" and "micropython" of "target". Add it.',
      { "crossflash.json": "{}" },
    ],
    ["", 1, "'field/partitions.csv' has rows that cannot be read", { "field/partitions.csv": "nvs, data\n" }],
    ["", 1, "'partitions.csv' has rows that cannot be read", { "partitions.csv": "" }],
    [
      "other.json",
      2,
      "This manifest is not the one that counts for 'partitions.csv'",
      { "other.json": JSON.stringify(manifest) },
    ],
    ["--format pdf", 2, "must be text, markdown, html or json, not 'pdf'"],
    ["crossflash.json again.json", 2, "'again.json' is one argument too many"],
  ];
  for (const [line, code, message, more] of cases)
    it(`${line}: ${message}`, async () => {
      const outcome = await plan(`${line} ${secure} -o plan.txt`, more);
      expect({ code: outcome.code, written: outcome.written.size }).toEqual({ code, written: 0 });
      expect(outcome.err).toContain(message);
    });

  for (const input of ["crossflash.json", "partitions.csv", "field/partitions.csv", "repartitioner.bin"])
    it(`never over ${input}`, async () => {
      const outcome = await plan(`${whole} -o ${input}`);
      expect({ code: outcome.code, written: outcome.written.size }).toEqual({ code: 2, written: 0 });
      expect(outcome.err).toContain(`'${input}' is the input and the output at once.`);
    });
});
