import { describe, expect, test } from "vitest";
import { readSourceTable } from "../../client/editor/sourceTable";
import { surroundingsOf } from "../../core/project/surroundings";
import { memoryFiles } from "../support/memoryFiles";

const root = "file:///w";

/** The source table that belongs to a table of the workspace. */
async function sourceOf(contents: Readonly<Record<string, string | Uint8Array>>, table = "partitions.csv") {
  const files = memoryFiles(
    Object.fromEntries(Object.entries(contents).map(([path, content]) => [`${root}/${path}`, content])),
  );
  return readSourceTable(await surroundingsOf(`${root}/${table}`, root, files), root, files);
}

const manifest = (source: object | undefined): string =>
  JSON.stringify({ source, target: { table: "partitions.csv" } });

describe("the source table", () => {
  test("is the one that the manifest of the target names", async () => {
    const files = {
      "crossflash.json": manifest({ table: "field/old table.csv" }),
      "field/old%20table.csv": "nvs, data, nvs, 0x9000, 0x4000\n",
    };
    expect(await sourceOf(files)).toEqual({
      source: { title: "field/old table.csv", text: "nvs, data, nvs, 0x9000, 0x4000\n", fault: "" },
      path: "file:///w/field/old%20table.csv",
    });
  });

  test("is none without a manifest, without a name in it, and of the source table itself", async () => {
    expect(await sourceOf({})).toBeUndefined();
    expect(await sourceOf({ "crossflash.json": manifest(undefined) })).toBeUndefined();
    const own = { "crossflash.json": manifest({ table: "old_partitions.csv" }) };
    expect(await sourceOf(own, "old_partitions.csv")).toBeUndefined();
  });

  /** What cannot be read is told, and looked for again where a file may come. */
  const checkFault = async (
    files: Readonly<Record<string, string | Uint8Array>>,
    table: string,
    reason: RegExp,
    path: string | undefined,
  ): Promise<void> => {
    const found = await sourceOf({ ...files, "crossflash.json": manifest({ table }) });
    expect(found?.source).toMatchObject({
      title: table,
      text: undefined,
      fault: expect.stringMatching(reason),
    });
    expect(found?.path).toBe(path);
  };

  test("that is not there is told", () =>
    checkFault({}, "old.csv", /'old\.csv'.*not there/, "file:///w/old.csv"));
  test("outside of the workspace is not read", () =>
    checkFault({}, "../old.csv", /leads out of the workspace/, undefined));
  test("that is no text is told", () =>
    checkFault({ "old.csv": Uint8Array.of(0xff, 0xfe, 0x80) }, "old.csv", /not a text/, "file:///w/old.csv"));
});
