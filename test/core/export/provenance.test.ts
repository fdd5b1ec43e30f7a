import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decodeHeader, patchHeader } from "../../../core/export/header";
import { balancedCsv, tableOf } from "../../support/headers";

const balanced = tableOf(balancedCsv);
const hash = createHash("sha256").update(balancedCsv).digest("hex");
const provenance = { csvName: "partitions.csv", csvText: balancedCsv, toolVersion: "0.1.0" };

describe("the line that says where a header comes from", () => {
  const line = (name = "x.csv") => `Made by Crossflash 0.0 from ${name}, SHA-256 ${"a".repeat(64)}`;
  const renewed = `Made by Crossflash 0.1.0 from partitions.csv, SHA-256 ${hash}`;
  const written = (text: string) => {
    const patch = patchHeader(text, balanced, provenance);
    if (!patch.ok) throw new Error(patch.message);
    expect(decodeHeader(patch.value.text)).toMatchObject({ ok: true });
    return patch.value;
  };
  const array = "char final_table[] = { 0 };\n";
  const places: Record<string, readonly [before: string, after: string]> = {
    "in a comment before the array": [`/* ${line()} */\n`, ""],
    "in a line comment behind it": ["", `// ${line()}\n`],
    "with the longest file name": [`/* ${line("x".repeat(255))} */\n`, ""],
    "behind one in a string": [`char *s = "${line()}";\n/* ${line()} */\n`, ""],
  };
  for (const [title, [before, after]] of Object.entries(places))
    it(`is renewed ${title}`, () => {
      const { text } = written(before + array + after);
      expect(text).toContain(renewed);
      expect(text.match(/Made by Crossflash 0\.0/g)?.length ?? 0).toBe(before.includes('"') ? 1 : 0);
    });
  it("gives way between the braces, as other comments do", () => {
    const { text, notes } = written(`char final_table[] = {\n/* ${line()} */\n 0xaa,\n};\n/* ${line()} */`);
    expect(text).toMatch(/\{\n 0xaa, 0x50,/);
    expect(text.endsWith(`0xff,\n};\n/* ${renewed} */`)).toBe(true);
    expect(notes).toEqual([
      "One comment between the braces of 'final_table' gave way to those of the new rows.",
    ]);
  });
});
