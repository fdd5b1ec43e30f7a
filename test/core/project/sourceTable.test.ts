import { describe, expect, test } from "vitest";
import { surroundingsOf } from "../../../core/project/surroundings";
import { memoryFiles } from "../../support/memoryFiles";

const root = "file:///w";

/** The source table that belongs to a table of the workspace. */
async function around(contents: Readonly<Record<string, string | Uint8Array>>, table = "partitions.csv") {
  const files = memoryFiles(
    Object.fromEntries(Object.entries(contents).map(([path, content]) => [`${root}/${path}`, content])),
  );
  return surroundingsOf(`${root}/${table}`, root, files);
}

const manifest = (source: object | undefined): string =>
  JSON.stringify({ source, target: { table: "partitions.csv" } });

describe("the source table", () => {
  test("is the one that the manifest of the target names", async () => {
    const files = {
      "crossflash.json": manifest({ table: "field/old table.csv" }),
      "field/old%20table.csv": "nvs, data, nvs, 0x9000, 0x4000\n",
    };
    const { source, facts, dependsOn } = await around(files);
    const path = "file:///w/field/old%20table.csv";
    expect(source).toEqual({
      title: "field/old table.csv",
      path,
      text: "nvs, data, nvs, 0x9000, 0x4000\n",
      fault: "",
    });
    expect(facts.source).toMatchObject([{ name: "nvs", offset: 0x9000, size: 0x4000 }]);
    expect(dependsOn).toContain(path);
  });

  test("is none without a manifest, without a name in it, and of the source table itself", async () => {
    const own = { "crossflash.json": manifest({ table: "old_partitions.csv" }) };
    for (const found of [
      await around({}),
      await around({ "crossflash.json": manifest(undefined) }),
      await around({ ...own, "old_partitions.csv": "nvs, data, nvs, 0x9000, 0x4000" }, "old_partitions.csv"),
    ]) {
      expect(found.source).toBeUndefined();
      expect(found.facts.source).toBeUndefined();
    }
  });

  /** What cannot be read is told, and looked for again where a file may come. */
  const checkFault = async (
    files: Readonly<Record<string, string | Uint8Array>>,
    table: string,
    reason: RegExp,
    path: string | undefined,
  ): Promise<void> => {
    const found = await around({ ...files, "crossflash.json": manifest({ table }) });
    expect(found.source).toEqual({
      title: table,
      path,
      text: undefined,
      fault: expect.stringMatching(reason),
    });
    expect(found.facts.source).toBeUndefined();
  };

  test("that is not there is told", () =>
    checkFault({}, "old.csv", /'old\.csv'.*not there/, "file:///w/old.csv"));
  test("outside of the workspace is not read", () =>
    checkFault({}, "../old.csv", /leads out of the workspace/, undefined));
  test("that is no text is told", () =>
    checkFault({ "old.csv": Uint8Array.of(0xff, 0xfe, 0x80) }, "old.csv", /not a text/, "file:///w/old.csv"));

  test("of which a row cannot be read is no fact", async () => {
    const found = await around({
      "crossflash.json": manifest({ table: "old.csv" }),
      "old.csv": "nvs, data, nvs, 0x9000, 0x4000\napp0, app, ota_0, 0x10000, many\n",
    });
    expect(found.source?.fault).toBe("");
    expect(found.facts.source).toBeUndefined();
  });
});
