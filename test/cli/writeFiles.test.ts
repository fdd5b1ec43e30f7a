import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { writeFiles } from "../../cli/host/writeFiles";

const folder = mkdtempSync(join(tmpdir(), "crossflash-write-files-"));
const at = (name: string) => join(folder, name);
const textIn = (name: string): string => readFileSync(at(name), "utf8");
const write = (...names: readonly string[]) =>
  writeFiles(names.map((name) => ({ path: at(name), bytes: Buffer.from(`new ${name}`) })));

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("several files", () => {
  it("are written with the folders that they need, in place of what was there", () => {
    writeFileSync(at("b"), "old");
    expect(write("a", "b", "deep/er/c")).toEqual({ ok: true, value: undefined });
    expect(["a", "b", "deep/er/c"].map(textIn)).toEqual(["new a", "new b", "new deep/er/c"]);
    expect([...readdirSync(folder), ...readdirSync(at("deep/er"))]).toEqual(["a", "b", "deep", "c"]);
  });

  const faults: Readonly<Record<string, string>> = {
    "a folder": "taken",
    "below a file": "file/x",
    "a name that is too long": `deep/${"x".repeat(300)}`,
  };
  for (const [what, name] of Object.entries(faults))
    it(`are not written at all where one of them cannot be: ${what}`, () => {
      mkdirSync(at("taken"));
      writeFileSync(at("file"), "old");
      const written = write("new/a", "file", name);
      expect(written.ok ? "" : written.message).toMatch(/^Cannot write '.*': .*\. Nothing was changed\.$/);
      expect(readdirSync(folder).sort()).toEqual(["file", "taken"]);
      expect(textIn("file")).toBe("old");
    });
});
