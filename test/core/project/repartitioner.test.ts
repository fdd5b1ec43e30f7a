import { describe, expect, it } from "vitest";
import type { BuildConfig } from "../../../core/project/buildConfig";
import { surroundingsOf } from "../../../core/project/surroundings";
import { makeApp, makeMicroPython } from "../../support/imageFixture";
import { memoryFiles } from "../../support/memoryFiles";

type Contents = Readonly<Record<string, string | Uint8Array>>;

const manifest = (more: object = {}): string =>
  JSON.stringify({ target: { table: "tables/partitions.csv", header: "fw/main/repartition.h" }, ...more });

const around = (contents: Contents, more?: object) =>
  surroundingsOf(
    "/w/tables/partitions.csv",
    "/w",
    memoryFiles({ "/w/crossflash.json": manifest(more), ...contents }),
  );

describe("what the repartitioner is built with", () => {
  const build = async (contents: Contents, more?: object): Promise<BuildConfig | undefined> =>
    (await around(contents, more)).facts.build;

  it("is the configuration of the project that its header is in", async () => {
    const found = await build({
      "/w/sdkconfig": "CONFIG_FAR=y",
      "/w/tables/sdkconfig": "CONFIG_OTHER=y",
      "/w/fw/sdkconfig": "# x\n# CONFIG_A is not set\nCONFIG_B=y\n",
    });
    expect(found).toMatchObject({ file: "../fw/sdkconfig", isGenerated: true });
    expect([...(found?.options.values() ?? [])]).toEqual([
      { name: "CONFIG_A", value: "n", line: 2, text: "# CONFIG_A is not set", file: "../fw/sdkconfig" },
      { name: "CONFIG_B", value: "y", line: 3, text: "CONFIG_B=y", file: "../fw/sdkconfig" },
    ]);
  });

  it("is that of the table where no header is named, and none above the workspace", async () => {
    const noHeader = { target: { table: "tables/partitions.csv" } };
    expect((await build({ "/w/tables/sdkconfig": "CONFIG_A=y" }, noHeader))?.file).toBe("sdkconfig");
    expect(await build({ "/sdkconfig": "CONFIG_A=y" })).toBeUndefined();
  });

  it("is what was generated, even where the defaults were changed since", async () => {
    const defaults = { "/w/fw/sdkconfig.defaults": "CONFIG_A=y" };
    expect(await build(defaults)).toMatchObject({ file: "../fw/sdkconfig.defaults", isGenerated: false });
    const both = await build({ ...defaults, "/w/fw/sdkconfig": "# CONFIG_A is not set" });
    expect(both?.options.get("CONFIG_A")?.value).toBe("n");
  });

  const checkMajor = async (text: string, bootloader: object, major: number | undefined): Promise<void> =>
    expect((await build({ "/w/fw/sdkconfig": text }, { bootloader }))?.idfMajor).toBe(major);

  it("tells the version of ESP-IDF in its head or its options; otherwise the bootloader does", async () => {
    const head = "# Espressif IoT Development Framework (ESP-IDF) 5.2.1 Project Configuration\n";
    await checkMajor(head, { idf: "v4.4" }, 5);
    await checkMajor('CONFIG_IDF_INIT_VERSION="6.0.0"', {}, 6);
    await checkMajor("CONFIG_A=y", { idf: "v4.4.1" }, 4);
    await checkMajor("CONFIG_A=y", { arduino: "1.0.6" }, 3);
    await checkMajor("CONFIG_A=y", {}, undefined);
  });

  it("is nothing that a source table has to do with", async () => {
    const found = await surroundingsOf(
      "/w/field/partitions.csv",
      "/w",
      memoryFiles({
        "/w/crossflash.json": manifest({ source: { table: "field/partitions.csv" } }),
        "/w/field/sdkconfig": "CONFIG_A=y",
        "/w/fw/main/repartition.h": "",
      }),
    );
    expect(found.role).toBe("source");
    expect(found.facts).not.toHaveProperty("build");
    expect(found.facts).not.toHaveProperty("header");
  });
});

describe("the size of the repartitioner", () => {
  const app = makeApp();
  const delivery = { delivery: { repartitioner: "http://10.0.0.2:9000/files/repart.bin?x=1" } };
  const sizeOf = async (contents: Contents, more: object = delivery) =>
    (await around({ "/w/fw/sdkconfig": "", ...contents }, more)).facts.repartitioner;

  it("is that of the app that was built under the name of the download", async () => {
    const found = await sizeOf({ "/w/fw/build/repart.bin": app });
    expect(found).toEqual({ name: "../fw/build/repart.bin", size: app.length });
  });

  it("is that of repartitioner.bin where no address says how it is called", async () => {
    const found = await sizeOf({ "/w/fw/build/repartitioner.bin": app }, {});
    expect(found).toEqual({ name: "../fw/build/repartitioner.bin", size: app.length });
  });

  it("is not known while nothing is built, or only under another name", async () => {
    expect(await sizeOf({})).toBeUndefined();
    expect(await sizeOf({ "/w/fw/build/repart.bin": app }, {})).toBeUndefined();
  });

  it("is not that of MicroPython, nor of what is no app", async () => {
    expect(await sizeOf({ "/w/fw/build/repart.bin": makeMicroPython() })).toBeUndefined();
    expect(await sizeOf({ "/w/fw/build/repart.bin": "text" })).toBeUndefined();
  });
});

it("the header is a fact where it is there, by its bytes", async () => {
  const { facts, dependsOn } = await around({ "/w/fw/main/repartition.h": Uint8Array.of(0x61, 0xff) });
  expect(facts.header).toMatchObject({ name: "../fw/main/repartition.h", text: "a\xff" });
  expect(dependsOn).toContain("/w/fw/main/repartition.h");
  expect((await around({})).facts.header).toBeUndefined();
});
