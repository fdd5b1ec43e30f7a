import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeHeader } from "../../core/export/tableArray";
import { publishedCsv } from "../support/headers";
import { run, textOf } from "./support/fakeIo";

const published = readFileSync(new URL("../fixtures/headers/published-style.h", import.meta.url), "latin1");
const files = { "partitions.csv": publishedCsv, "main/repartition.h": published };
const argv = ["export", "partitions.csv", "--header", "main/repartition.h"];

describe("export", () => {
  it("patches a header, and then finds it up to date", async () => {
    const first = await run(argv, { files });
    expect(first).toMatchObject({ code: 0, out: "main/repartition.h was updated from partitions.csv.\n" });
    const header = textOf(first.written.get("main/repartition.h")) ?? "";
    const array = decodeHeader(header);
    expect(array.ok && array.value.length).toBe(0x1000);
    const again = await run(argv, { files: { ...files, "main/repartition.h": header } });
    expect(again).toMatchObject({ code: 0, out: "main/repartition.h is up to date.\n" });
    expect(again.written.size).toBe(0);
  });

  it("makes a header where there is none, the same one wherever the project lies", async () => {
    const made = async (csv: string) => {
      const { code, out, written } = await run(["export", csv, "--header", "new.h"], {
        files: { [csv]: publishedCsv },
      });
      expect({ code, out }).toEqual({ code: 0, out: `new.h was made from ${csv}.\n` });
      return textOf(written.get("new.h"));
    };
    const header = await made("partitions.csv");
    expect(header).toContain("Made by Crossflash 1.2.3 from partitions.csv, SHA-256");
    expect(await made("deep/in/partitions.csv")).toBe(header);
  });

  it("takes the header from the manifest", async () => {
    const manifest = JSON.stringify({ target: { table: "partitions.csv", header: "main/repartition.h" } });
    const { written } = await run(["export", "partitions.csv"], {
      files: { ...files, "crossflash.json": manifest },
    });
    expect([...written.keys()]).toEqual(["main/repartition.h"]);
    expect(await run(["export", "partitions.csv"], { files })).toMatchObject({
      code: 2,
      err: expect.stringContaining("--header FILE.h"),
    });
  });
});

describe("export --check writes nothing", () => {
  it("and gives exit code 1 for a header that is out of date or not there", async () => {
    const old = await run([...argv, "--check"], { files });
    expect({ code: old.code, written: old.written.size }).toEqual({ code: 1, written: 0 });
    expect(old.out).toContain("main/repartition.h is out of date");
    const none = await run([...argv, "--check"], { files: { "partitions.csv": publishedCsv } });
    expect({ code: none.code, written: none.written.size }).toEqual({ code: 1, written: 0 });
    expect(none.out).toContain("main/repartition.h does not exist");
  });

  it("and 0 for one that is not", async () => {
    const header = (await run(argv, { files })).written.get("main/repartition.h") ?? "";
    const same = await run([...argv, "--check"], { files: { ...files, "main/repartition.h": header } });
    expect(same).toMatchObject({ code: 0, out: "main/repartition.h is up to date.\n" });
  });
});

describe("export refuses and changes nothing", () => {
  const array = "const char final_table[] = {0xaa};\n";
  const cases: Readonly<Record<string, readonly [files: Record<string, string>, message: string]>> = {
    "a table with errors": [{ "partitions.csv": "a, app, ota_0, 0x11000, 1M" }, "Nothing was exported"],
    "a header without the array": [{ "main/repartition.h": "int x;" }, "no array 'final_table'"],
    "a header with two arrays": [{ "main/repartition.h": array + array }, "defines 'final_table' twice"],
  };
  for (const [what, [changed, message]] of Object.entries(cases))
    it(what, async () => {
      const { code, err, written } = await run(argv, { files: { ...files, ...changed } });
      expect({ code, written: written.size }).toEqual({ code: 1, written: 0 });
      expect(err).toContain(message);
    });
});
