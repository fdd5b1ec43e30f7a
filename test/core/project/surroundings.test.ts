import { describe, expect, it } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { noFacts } from "../../../core/facts";
import { inspectImage } from "../../../core/image/inspect";
import { chosenBinary } from "../../../core/project/chosenBinary";
import { surroundingsOf } from "../../../core/project/surroundings";
import {
  MICROPYTHON_ROWS,
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
} from "../../support/imageFixture";
import { memoryFiles } from "../../support/memoryFiles";

const micropython = makeMicroPython({ chip: "esp32s3", flashSize: "8MB" });
const bare = { ...noFacts, primaryBootloaderOffset: 0x1000 };

describe("a table without anything around it", () => {
  it("has no facts but the usual ones, and says where it looked", async () => {
    const files = memoryFiles({});
    const { dependsOn, ...rest } = await surroundingsOf("/w/a/b/partitions.csv", "/w", files);
    expect(rest).toEqual({ facts: bare, role: "alone" });
    expect(dependsOn).toEqual([
      "/w/a/b/crossflash.json",
      "/w/a/crossflash.json",
      "/w/crossflash.json",
      "/w/a/b/sdkconfig.defaults",
      "/w/a/b/sdkconfig",
    ]);
    expect(files.asked).toEqual(dependsOn);
  });
  it("is not looked for outside the root", async () => {
    const { dependsOn } = await surroundingsOf("/x/partitions.csv", "/w", memoryFiles({}));
    expect(dependsOn[0]).toBe("/x/crossflash.json");
    expect(dependsOn.filter((path) => path.endsWith(".json"))).toHaveLength(1);
  });
});

const manifest = JSON.stringify({
  chip: "esp32",
  flashSize: "4MB",
  partitionTableOffset: "0x9000",
  source: { table: "field/partitions.csv" },
  target: { table: "new/partitions.csv", micropython: "../fw/micropython.bin", header: "main/repartition.h" },
});

describe("a table that the manifest names", () => {
  const files = memoryFiles({ "/w/p/crossflash.json": manifest, "/w/fw/micropython.bin": micropython });
  it("as target: facts of the device, binary and header", async () => {
    const found = await surroundingsOf("/w/p/new/partitions.csv", "/w", files);
    expect(found).toMatchObject({
      role: "target",
      manifestPath: "/w/p/crossflash.json",
      micropythonPath: "/w/fw/micropython.bin",
      headerPath: "/w/p/main/repartition.h",
    });
    const chip = chipById("esp32");
    expect(found.facts).toMatchObject({
      chip,
      flashSize: 0x400000,
      tableOffset: 0x9000,
      primaryBootloaderOffset: 0x1000,
    });
    expect(found.facts.micropython).toMatchObject({
      name: "../fw/micropython.bin",
      kind: "app",
      title: "MicroPython v1.23.0",
    });
    expect(found.dependsOn).toContain("/w/fw/micropython.bin");
  });
  it("as source: facts of the device only", async () => {
    const found = await surroundingsOf("/w/p/field/partitions.csv", "/w", files);
    expect(found.role).toBe("source");
    expect(found.facts).toMatchObject({ flashSize: 0x400000 });
    expect(found.facts.micropython).toBeUndefined();
    expect(found.micropythonPath ?? found.headerPath).toBeUndefined();
  });
  it("not at all: the manifest says nothing about it", async () => {
    expect(await surroundingsOf("/w/p/other/partitions.csv", "/w", files)).toMatchObject({
      role: "alone",
      facts: bare,
    });
  });
  it("through URIs", async () => {
    const uris = memoryFiles({
      "file:///w/my%20p/crossflash.json": manifest,
      "file:///w/fw/micropython.bin": micropython,
    });
    const found = await surroundingsOf("file:///w/my%20p/new/partitions.csv", "file:///w", uris);
    expect(found).toMatchObject({ role: "target", micropythonPath: "file:///w/fw/micropython.bin" });
  });
});

describe("which manifest it is", () => {
  const roleOf = async (csv: string, contents: Record<string, string>) => {
    const { role, manifestPath } = await surroundingsOf(csv, "/w", memoryFiles(contents));
    return [role, manifestPath];
  };
  it("the nearest that names the table", async () => {
    const contents = {
      "/w/a/b/crossflash.json": '{"target": {"table": "other.csv"}}',
      "/w/a/crossflash.json": '{"source": {"table": "b/partitions.csv"}}',
      "/w/crossflash.json": '{"target": {"table": "a/b/partitions.csv"}}',
    };
    expect(await roleOf("/w/a/b/partitions.csv", contents)).toEqual(["source", "/w/a/crossflash.json"]);
  });
  it("the one beside it, when that names no target table yet", async () => {
    const contents = { "/w/crossflash.json": '{"source": {"table": "partitions_old.csv"}}' };
    expect(await roleOf("/w/partitions.csv", contents)).toEqual(["target", "/w/crossflash.json"]);
    expect(await roleOf("/w/my_partitions.csv", contents)).toEqual(["target", "/w/crossflash.json"]);
    expect(await roleOf("/w/partitions_old.csv", contents)).toEqual(["source", "/w/crossflash.json"]);
    expect(await roleOf("/w/sales.csv", contents)).toEqual(["alone", undefined]);
    expect(await roleOf("/w/a/partitions.csv", contents)).toEqual(["alone", undefined]);
  });
  it("a broken one counts as far as it can be read, garbage does not", async () => {
    expect(
      await roleOf("/w/partitions.csv", { "/w/crossflash.json": '{"target": {"table": "partitions.csv"' }),
    ).toEqual(["target", "/w/crossflash.json"]);
    expect(await roleOf("/w/a/partitions.csv", { "/w/crossflash.json": "[[[" })).toEqual([
      "alone",
      undefined,
    ]);
  });
});

describe("unknown facts", () => {
  const factsOf = async (contents: Record<string, string | Uint8Array>) =>
    (await surroundingsOf("/w/partitions.csv", "/w", memoryFiles(contents))).facts;
  it("stay unknown when the manifest's values are wrong, its files missing or outside", async () => {
    const broken = '{"chip": "esp99", "flashSize": "5MB", "target": {"micropython": "../../secret.bin"}}';
    expect(await factsOf({ "/w/crossflash.json": broken, "/secret.bin": micropython })).toEqual(bare);
    expect(await factsOf({ "/w/crossflash.json": '{"target": {"micropython": "none.bin"}}' })).toEqual(bare);
    expect(await factsOf({ "/w/crossflash.json": Uint8Array.of(0xff, 0x80) })).toEqual(bare);
  });
  it("come from the sdkconfig, over its defaults, under the manifest", async () => {
    const contents = {
      "/w/sdkconfig.defaults":
        'CONFIG_ESPTOOLPY_FLASHSIZE="2MB"\nCONFIG_PARTITION_TABLE_OFFSET=0xa000\n# CONFIG_PARTITION_TABLE_MD5 is not set',
      "/w/sdkconfig": 'CONFIG_IDF_TARGET="esp32c3"\nCONFIG_PARTITION_TABLE_OFFSET=0xb000',
      "/w/crossflash.json": '{"flashSize": "8MB"}',
    };
    expect(await factsOf(contents)).toMatchObject({
      chip: chipById("esp32c3"),
      flashSize: 0x800000,
      tableOffset: 0xb000,
      md5Row: false,
      primaryBootloaderOffset: 0,
    });
  });
  it("come from the binary last", async () => {
    const contents = {
      "/w/crossflash.json": '{"target": {"micropython": "m.bin"}}',
      "/w/m.bin": micropython,
    };
    expect(await factsOf(contents)).toMatchObject({ chip: chipById("esp32s3"), primaryBootloaderOffset: 0 });
  });
});

describe("the chosen binary", () => {
  const chosen = (bytes: Uint8Array) => chosenBinary("m.bin", inspectImage(bytes));
  it("is an app with what MicroPython says of itself", () => {
    expect(chosen(micropython)).toEqual({
      name: "m.bin",
      kind: "app",
      fault: "",
      appSize: micropython.length,
      chip: chipById("esp32s3"),
      flashSize: 0x800000,
      release: [1, 23, 0],
      title: "MicroPython v1.23.0",
    });
  });
  it("may be another app, with or without a descriptor", () => {
    expect(chosen(makeApp({ idfVersion: "v3.3.5" }))).toMatchObject({
      title: "ESP-IDF v3.3.5",
      release: undefined,
    });
    expect(chosen(makeApp({ descriptor: "none" }))).toMatchObject({ kind: "app", title: "" });
  });
  it("is measured without what stands around it", () => {
    const app = makeMicroPython();
    expect(chosen(makeCombined({ apps: { factory: app } }))).toMatchObject({
      kind: "combined",
      appSize: app.length,
    });
    expect(chosen(Uint8Array.of(...app, ...new Uint8Array(1000).fill(0xff)))).toMatchObject({
      appSize: app.length,
    });
  });
  it("is unusable, with the reason, when it is something else", () => {
    for (const [bytes, reason] of [
      [makeBootloader(), "bootloader"],
      [makeTable(MICROPYTHON_ROWS), "partition table"],
      [micropython.slice(0, -1), "bytes"],
      [new Uint8Array(0), "empty"],
    ] as const)
      expect(chosen(bytes)).toMatchObject({ kind: "unusable", fault: expect.stringContaining(reason) });
  });
});
