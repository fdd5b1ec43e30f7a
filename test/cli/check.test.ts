import { describe, expect, it } from "vitest";
import { makeCombined, makeMicroPython } from "../support/imageFixture";
import { run, type World } from "./support/fakeIo";

const field = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x140000
`;
const target = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
ota_0, app, ota_0, 0x10000, 0x180000
ota_1, app, ota_1, 0x190000, 0x180000
vfs, data, fat, 0x310000, 0xf0000
`;
const manifest = {
  chip: "esp32",
  flashSize: "4MB",
  source: { table: "field/partitions.csv" },
  target: { table: "partitions.csv", micropython: "micropython.bin", header: "main/repartition.h" },
};
const project = {
  ".git": "",
  "crossflash.json": JSON.stringify(manifest, undefined, 2),
  "partitions.csv": target,
  "field/partitions.csv": field,
  "micropython.bin": makeMicroPython({ size: 0x100000 }),
};

/** The problems as `file id`, without advice. */
async function check(argv: string, files: NonNullable<World["files"]>) {
  const { code, out, err } = await run(["check", "--format", "json", ...argv.split(" ")], { files });
  const { problems } = JSON.parse(out) as {
    problems: { readonly file: string; readonly id: string; readonly severity: string }[];
  };
  const found = problems.filter(({ severity }) => severity !== "information");
  return { code, err, found: found.map(({ file, id }) => `${file} ${id}`) };
}

describe("check reads what lies around a table", () => {
  it("finds nothing wrong with a project that is right", async () => {
    expect(await check("partitions.csv field/partitions.csv", project)).toEqual({
      code: 0,
      err: "",
      found: [],
    });
  });

  it("takes the binary and the chip from the manifest", async () => {
    const large = { ...project, "micropython.bin": makeMicroPython({ size: 0x190000 }) };
    const { code, found } = await check("partitions.csv", large);
    expect(code).toBe(1);
    expect(found).toContain("partitions.csv micropython-fit");
    const other = { ...project, "micropython.bin": makeMicroPython({ chip: "esp32s3", size: 0x100000 }) };
    expect((await check("partitions.csv", other)).found).toContain("partitions.csv micropython-chip");
  });

  it("compares it with the source table, the header and the sdkconfig", async () => {
    const files = {
      ...project,
      "field/partitions.csv": `${field}spiffs, data, spiffs, 0x290000, 0x170000\n`,
      "main/repartition.h": "static const char final_table[] = { 0xaa };\n",
      "main/sdkconfig": "CONFIG_PARTITION_TABLE_OFFSET=0x9000\n",
    };
    expect(await check("partitions.csv", files)).toMatchObject({
      code: 1,
      found: [
        "partitions.csv header-out-of-date",
        "partitions.csv sdkconfig-table-offset",
        "partitions.csv migration-files-lost",
      ],
    });
  });

  it("lets options win, without the manifest's complaint about what they replace", async () => {
    const { "micropython.bin": binary, ...rest } = project;
    expect((await check("partitions.csv", rest)).found).toEqual(["crossflash.json manifest-file"]);
    const files = { ...rest, "builds/mp.bin": binary };
    expect((await check("partitions.csv --micropython builds/mp.bin", files)).found).toEqual([]);
    expect((await check("partitions.csv --flash-size 2MB", project)).found).toContain(
      "partitions.csv flash-size",
    );
    expect((await check("partitions.csv --table-offset 0x9000", project)).found).toContain(
      "partitions.csv overlaps-table",
    );
    expect((await check("partitions.csv --chip esp32c3", project)).found).toContain(
      "partitions.csv micropython-chip",
    );
  });

  it("never puts MicroPython into the table that the device has today", async () => {
    const { code, found } = await check("field/partitions.csv --micropython micropython.bin", project);
    expect({ code, found }).toEqual({ code: 0, found: [] });
  });

  it("shows a manifest's problems once, however many tables it names", async () => {
    const outside = { ...manifest, target: { ...manifest.target, micropython: "../../mp.bin" } };
    const files = { ...project, "crossflash.json": JSON.stringify(outside) };
    const { code, found } = await check("partitions.csv field/partitions.csv", files);
    expect({ code, found }).toEqual({ code: 1, found: ["crossflash.json manifest-path"] });
  });

  it("says when the binary is a combined image, and how to get the app", async () => {
    const files = { ...project, "micropython.bin": makeCombined() };
    const { code, out } = await run(["check", "partitions.csv"], { files });
    expect(code).toBe(1);
    expect(out).toContain("= fix: crossflash extract-app IMAGE.bin -o APP.bin\n");
  });

  it("takes standard input for a table without surroundings", async () => {
    const files = { ...project, "-": "nvs, data, nvs, 0x9000, 0x1000\nfactory, app, factory, , 1M\n" };
    expect(await check("-", files)).toMatchObject({ code: 1, found: ["<stdin> nvs-size"] });
  });

  it("takes variables from the environment", async () => {
    const files = { "a.csv": "nvs, data, nvs, 0x9000, $SIZE\nfactory, app, factory, , 1M\n" };
    const { code } = await run(["check", "a.csv"], { files, environment: { SIZE: "0x5000" } });
    expect(code).toBe(0);
    expect((await run(["check", "a.csv"], { files })).code).toBe(1);
  });
});

describe("a file that cannot be read", () => {
  it("does not keep the others from being checked", async () => {
    const files = { ...project, "garbage.csv": Uint8Array.of(0xff, 0x00, 0xc3) };
    const bad = await check("no.csv garbage.csv partitions.csv --flash-size 2MB", files);
    expect(bad.code).toBe(2);
    expect(bad.found).toContain("partitions.csv flash-size");
    expect(bad.err).toContain("Cannot read 'no.csv'");
    expect(bad.err).toContain("Cannot read 'garbage.csv': the file is not UTF-8 text.");
  });

  it("is refused with the binary that the command line names", async () => {
    const { code, err } = await run(["check", "partitions.csv", "--micropython", "no.bin"], {
      files: project,
    });
    expect({ code, err }).toEqual({
      code: 2,
      err: "crossflash: Cannot read 'no.bin': there is no such file or folder.\n",
    });
  });
});
