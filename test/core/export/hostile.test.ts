import { describe, expect, it } from "vitest";
import { patchHeader } from "../../../core/export/header";
import { headerState } from "../../../core/export/sync";
import { analysisOf, balancedCsv, tableOf } from "../../support/headers";
import { checkLinear, filled } from "../../support/linear";

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

describe("a megabyte of garbage is refused in linear time", () => {
  for (const [title, piece] of Object.entries(hostile))
    for (const before of ["", "char final_table[] = { 0, "])
      it(`${title}${before === "" ? "" : " in the array"}`, () => {
        const text = (length: number) => before + filled(piece, length);
        checkLinear(text, (text) => expect(patchHeader(text, table).ok).toBe(false));
      });
});

describe("a megabyte of comments is patched in linear time", () => {
  const pieces = [
    "Made by Crossflash x from ",
    "Made by Crossflash x from x, SHA-256 ",
    ": a, 0x1, 0x1 ",
    ", 0x1",
    "0x0",
    "*",
    "\\ ",
    "/*",
    "//",
    " ",
    ", ",
    "*/ /* ",
    "\n",
    "\t\t\n",
    "\n//\\\n",
  ];
  const provenance = { csvName: "x.csv", csvText: balancedCsv, toolVersion: "1" };
  const analysis = analysisOf(balancedCsv);
  for (const piece of pieces)
    for (const [open, close] of [
      ["/* ", " */ char final_table[] = { 0 };"],
      ["char final_table[] = { 0 /* ", "*/ };"],
      ["char final_table[] = { 0 // ", "\n };"],
    ] as const)
      it(`${open}${JSON.stringify(piece)}`, () =>
        checkLinear(
          (length) => open + filled(piece, length) + close,
          (text) => {
            patchHeader(text, table, provenance);
            headerState(text, analysis);
          },
        ));
});
