import { describe, expect, it } from "vitest";
import { patchHeader } from "../../../core/export/header";
import { balancedCsv, tableOf } from "../../support/headers";

/** A megabyte of what makes scanners slow: every one is looked at once. */
const hostile: Record<string, string> = {
  "a backslash and blanks": "\\    ",
  "open comments": "/* ",
  "open strings": '"\\',
  "open brackets": "final_table[",
  "open parentheses": "final_table[](",
  casts: "char final_table[] = {(char)",
  "nested conditions": "#if 0\n",
  "one long directive": "#define A \\\n",
  definitions: "#define PARTITION_VFS_SIZ 1\n",
  elements: "0xaa, ",
  "blank lines": " \n",
};
const table = tableOf(balancedCsv);

function milliseconds(text: string): number {
  const start = performance.now();
  expect(patchHeader(text, table).ok).toBe(false);
  return performance.now() - start;
}

describe("a megabyte of garbage is refused in linear time", () => {
  for (const [title, piece] of Object.entries(hostile))
    for (const before of ["", "char final_table[] = { 0, "])
      it(`${title}${before === "" ? "" : " in the array"}`, () => {
        const text = before + piece.repeat(1_040_000 / piece.length);
        const sixteenth = milliseconds(text.slice(0, text.length / 16));
        // Quadratic work would take 256 times as long, and minutes.
        expect(milliseconds(text)).toBeLessThan(64 * Math.max(sixteenth, 10));
      });
});
