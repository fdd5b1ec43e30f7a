import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeHeader, patchHeader } from "../../../core/export/header";
import { headerState } from "../../../core/export/sync";
import { analysisOf, balancedCsv, tableOf } from "../../support/headers";

const balanced = tableOf(balancedCsv);
const analysis = analysisOf(balancedCsv);
const provenance = { csvName: 'a"b.csv', csvText: balancedCsv, toolVersion: "1.0.0" };
const old = `Made by Crossflash 0.1 from x.csv, SHA-256 ${"a".repeat(64)}`;

/** What may stand around an array without being one, or hide one. */
const around = fc.constantFrom(
  "",
  "// final_table[] = { 1 }\n",
  "/* char final_table[] = { 1 }; */\n",
  'const char *s = R"x(char final_table[] = { 1 };)x";\n',
  'const char *s = "final_table[] = { 1 };";\n',
  "#if 0 && A\nchar final_table[] = { 1 };\n#endif\n",
  "void f(void) { char final_table[] = { 1 }; }\n",
  "extern char final_table[];\n",
  `char *made = "${old}";\n`,
  "typedef struct { int a[2]; } t;\n",
  "/* é\xff */\r\n",
  "#define final(x) \\\n  x\n",
);
const heads = fc.constantFrom(
  "static const char",
  "uint8_t const PROGMEM",
  "alignas(4) inline constexpr unsigned char",
  'extern "C" const BYTE',
  '__attribute__((section("a{b"))) signed char',
  "typedef uint8_t byte_t;\nstatic byte_t",
);
const bounds = fc.constantFrom("[]", "[ 384 ]", "[0X1000UL]", "[SPI_FLASH_SEC_SIZE]", "[(0x00c00)]", "[0b1]");
const opens = fc.constantFrom(
  " = {",
  "\n=\r\n\t{",
  "{",
  " __attribute__((used)) = {",
  " /* = */ = // {\n  {",
);
const elements = fc.constantFrom("", "0xAA, 'P', -1", "(char)0xaa,\n\t(uint8_t)(80),", "0252u");
const comments = fc.constantFrom(
  "",
  "\n",
  " /* } */ ",
  " // };\n",
  `\n/* ${old} */\n`,
  "\\\n",
  " /* a: b, 0x1, 0x2 */",
);
const wraps = fc.constantFrom(["", ""], ['extern "C" {\n', "}\n"], ["namespace a {\n", "}\n"]);
const macros = fc.constantFrom(
  "",
  "#define PARTITION_VFS_SIZE (0X1U) /* size */\n",
  `# define PARTITION_VFS_OFFSET \\\n 1 // ${old}\n`,
);

it("an array in any style, between anything, is written so that it reads back and nothing else changes", () => {
  const array = fc.tuple(heads, bounds, opens, comments, elements, comments);
  fc.assert(
    fc.property(
      fc.array(around, { maxLength: 3 }),
      wraps,
      array,
      macros,
      around,
      (before, [open, close], parts, macro, after) => {
        const [head, bound, brace, first, bytes, second] = parts;
        const start = `${before.join("")}${open}${head} final_table`;
        const end = `};\n${close}${after}`;
        const text = `${start}${bound}${brace}${first}${bytes}${second}${end}${macro}`;
        const patch = patchHeader(text, balanced, provenance);
        if (!patch.ok) throw new Error(patch.message);
        const decoded = decodeHeader(patch.value.text);
        expect(decoded.ok && decoded.value.slice(0, 0xc00)).toEqual(balanced.table);
        expect(headerState(patch.value.text, analysis)).toBe("in-sync");
        expect(patch.value.text.startsWith(start)).toBe(true);
        expect(patch.value.text).toContain(end);
        expect(patchHeader(patch.value.text, balanced, provenance)).toMatchObject({
          value: { edits: [], notes: [] },
        });
      },
    ),
    { numRuns: 40 },
  );
});
