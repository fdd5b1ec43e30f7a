import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHeader, decodeHeader, type HeaderTable, patchHeader } from "../../../core/export/header";
import { applyEdits } from "../../../core/text/span";
import { balancedCsv, headerFixture, publishedCsv, tableOf } from "../../support/headers";

const styles = ["published-style.h", "crlf-tabs.h", "one-line-decimal.h", "literal-styles.h"];
const published = tableOf(publishedCsv);
const balanced = tableOf(balancedCsv);

function patched(text: string, table: HeaderTable = balanced) {
  const patch = patchHeader(text, table);
  if (!patch.ok) throw new Error(`${patch.reason}: ${patch.message}`);
  return patch.value;
}

const sectorOf = ({ table }: HeaderTable): number[] => [...table, ...new Array<number>(0x400).fill(0xff)];

/** What must stay: everything but the inside of the array, its size and the numbers of the macros. Knows nothing of the scanner. */
const rest = (text: string): string =>
  text
    .replace(/(final_table\[)\w*(\][^{;]*\{)[^}]*\}/, "$1$2}")
    .replace(/(define\s+PARTITION_(?:OTA_1_TARGET_SIZE|VFS_OFFSET|VFS_SIZE)[\s(]+)\w+/g, "$1");

describe("an existing header", () => {
  for (const name of styles) {
    const before = headerFixture(name);
    it(`${name}: only the bytes and the macros change`, () => {
      const { text, edits } = patched(before);
      expect(decodeHeader(text)).toMatchObject({ ok: true });
      const bytes = decodeHeader(text);
      expect(bytes.ok && [...bytes.value]).toEqual(sectorOf(balanced));
      expect(rest(text)).toBe(rest(before));
      expect(text).not.toBe(before);
      expect(applyEdits(before, edits)).toBe(text);
    });
    it(`${name}: patching twice changes nothing more`, () => {
      expect(patched(patched(before).text).edits).toEqual([]);
    });
    it(`${name}: there and back gives the published bytes again`, () => {
      const bytes = decodeHeader(patched(patched(before).text, published).text);
      expect(bytes.ok && [...bytes.value]).toEqual(sectorOf(published));
    });
  }

  it("is left alone when its bytes are right, however it is written", () => {
    for (const name of ["crlf-tabs.h", "literal-styles.h"])
      expect(patched(headerFixture(name), published)).toEqual({
        edits: [],
        text: headerFixture(name),
        notes: [],
      });
  });

  it("keeps line ends, tabs, upper case and the way the numbers are written", () => {
    const { text } = patched(headerFixture("crlf-tabs.h"));
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(text).toContain("\r\n\t{\r\n\t\t0xAA, 0x50, 0x01, 0x02, 0x00, 0x90,");
    expect(text).toContain("( 0x00310000UL )\t/* where MicroPython");
    expect(text).toContain("(983040u)");
  });

  it("has one partition a line, with a comment behind", () => {
    const rows = patched(headerFixture("published-style.h"))
      .text.split("\n")
      .filter((line) => line.includes(" /* "));
    expect(rows.map((row) => row.replace(/^.*, \/\*/, "/*"))).toEqual([
      "/* nvs: data, nvs, 0x9000, 0x5000 */",
      "/* otadata: data, ota, 0xe000, 0x2000 */",
      "/* ota_0: app, ota_0, 0x10000, 0x180000 */",
      "/* ota_1: app, ota_1, 0x190000, 0x180000 */",
      "/* vfs: data, fat, 0x310000, 0xf0000 */",
      "/* MD5 of the rows above */",
      "/* unused, as erased */",
    ]);
    for (const row of rows) expect(row.match(/0x[0-9a-f]{2},/g)).toHaveLength(32);
  });

  it("gets the whole sector even when the rows stay the same", () => {
    const { text, notes } = patched(headerFixture("one-line-decimal.h"), published);
    expect(text).toContain("final_table[4096] __attribute__((aligned(4))) = {\n    0xaa, 0x50,");
    expect(notes).toEqual(["The size of 'final_table' was 384 and is now 4096: the whole flash sector."]);
  });

  it("says when comments between the braces give way, but not when they were the export's own", () => {
    expect(patched(headerFixture("literal-styles.h")).notes).toEqual([
      "2 comments between the braces of 'final_table' gave way to those of the new rows.",
    ]);
    expect(patched(patched(headerFixture("literal-styles.h")).text, published).notes).toEqual([]);
  });

  it("finds what the preprocessor finds", () => {
    const before = headerFixture("traps.h");
    const { text } = patched(before);
    expect(text.slice(0, text.indexOf("    0xf0000"))).toBe(before.slice(0, before.indexOf("    0x100000")));
  });
});

describe("a header that is refused", () => {
  const bytes = "char final_table[] = { 0 };\n";
  const noVfs = tableOf(publishedCsv.replace("vfs", "files"));
  const noOta = tableOf(
    "nvs, data, nvs, 0x9000, 0x6000\nfactory, app, factory, 0x10000, 1M\nvfs, data, fat, , 1M\n",
  );
  const cases: Record<string, readonly [string, string, HeaderTable, string]> = {
    "without the array": [
      "#define PARTITION_VFS_SIZE 1\n",
      "no-array",
      balanced,
      "defines no array 'final_table'",
    ],
    "with two arrays": [bytes + bytes, "two-arrays", balanced, "line 1 and in line 2"],
    "with a size that is not known": [
      "char final_table[SIZE] = { 0 };",
      "array-bound",
      balanced,
      "Line 1: 'final_table' gets 0x1000",
    ],
    "with a size that is another": [
      "#define SIZE 384\nchar final_table[SIZE] = { 0 };",
      "array-bound",
      balanced,
      "'SIZE'",
    ],
    "with a macro defined twice": [
      `${bytes}#ifdef A\n#define PARTITION_VFS_SIZE 1\n#else\n#define PARTITION_VFS_SIZE 2\n#endif`,
      "macro-twice",
      balanced,
      "line 3 and in line 5",
    ],
    "with a macro that is computed": [
      `${bytes}#define PARTITION_VFS_SIZE (1024 * 1024)`,
      "macro-value",
      balanced,
      "PARTITION_VFS_SIZE in line 2",
    ],
    "that would be too large to be read again": [
      bytes.padEnd(1_030_000),
      "not-verified",
      balanced,
      "could not be read back",
    ],
    "with a macro without a value": [
      `${bytes}#define PARTITION_VFS_SIZE`,
      "macro-value",
      balanced,
      "not one number",
    ],
    "with vfs macros and no vfs in the table": [
      `${bytes}#define PARTITION_VFS_OFFSET 1`,
      "no-partition",
      noVfs,
      "no data partition named 'vfs'",
    ],
    "with the slot's macro and no ota_1": [
      `${bytes}#define PARTITION_OTA_1_TARGET_SIZE 1`,
      "no-partition",
      noOta,
      "no app partition 'ota_1'",
    ],
  };
  for (const [title, [text, reason, table, part]] of Object.entries(cases))
    it(title, () =>
      expect(patchHeader(text, table)).toMatchObject({
        ok: false,
        reason,
        message: expect.stringContaining(part),
      }),
    );
  it("but not with a size that is known", () => {
    for (const bound of ["SPI_FLASH_SEC_SIZE", "(0x1000)", "0x10"])
      expect(patchHeader(`char final_table[${bound}] = { 0 };`, balanced)).toMatchObject({ ok: true });
    expect(patchHeader("#define S 4096\nchar final_table[S] = { 0 };", balanced)).toMatchObject({ ok: true });
  });
});

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const provenance = { csvName: "partitions.csv", csvText: balancedCsv, toolVersion: "0.1.0" };

describe("a new header", () => {
  it("holds the table, and patching it with the same table changes nothing", () => {
    const text = createHeader(balanced, provenance);
    expect(patchHeader(text, balanced, { ...provenance, toolVersion: "9.9.9" })).toMatchObject({
      value: { edits: [] },
    });
    const bytes = decodeHeader(text);
    expect(bytes.ok && [...bytes.value]).toEqual(sectorOf(balanced));
  });
  it("names its CSV by name and hash, and names the new one when the bytes change", () => {
    const text = createHeader(published, { ...provenance, csvText: publishedCsv });
    const line = (csv: string) =>
      new RegExp(`Made by Crossflash 0.1.0 from partitions.csv, SHA-256 ${hashOf(csv)}`);
    expect(text).toMatch(line(publishedCsv));
    const patch = patchHeader(text, balanced, provenance);
    if (!patch.ok) throw new Error(patch.message);
    expect(patch.value.text).toBe(createHeader(balanced, provenance));
  });
  it("has only the macros whose partitions exist", () => {
    const table = tableOf("factory, app, factory, 0x10000, 1M\nvfs, data, fat, , 1M\n");
    const text = createHeader(table, provenance);
    expect(text.match(/#define PARTITION_\w+ \w+/g)).toEqual([
      "#define PARTITION_VFS_OFFSET 0x110000",
      "#define PARTITION_VFS_SIZE 0x100000",
    ]);
  });
});

describe("any table in any header", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("*/", "a\\", "??/", "/*", "\u202e", '"', "é".repeat(9)),
  );
  const entry = fc.record({
    name,
    type: fc.integer({ min: 0, max: 255 }),
    subtype: fc.integer({ min: 0, max: 255 }),
    offset: fc.nat(0xffffffff),
    size: fc.nat(0xffffffff),
    encrypted: fc.boolean(),
    readonly: fc.boolean(),
  });
  const table = fc.record({
    entries: fc.array(entry, { maxLength: 95 }),
    table: fc.uint8Array({ minLength: 0xc00, maxLength: 0xc00 }),
    md5Row: fc.boolean(),
  });
  const withoutMacros = headerFixture("one-line-decimal.h");

  it("is written so that it reads back, in place, in ASCII, and only once", () => {
    fc.assert(
      fc.property(table, fc.constantFrom(...styles.slice(2)), (values, style) => {
        const before = headerFixture(style);
        const { text } = patched(before, values);
        const bytes = decodeHeader(text);
        expect(bytes.ok && [...bytes.value]).toEqual(sectorOf(values));
        expect(text).toMatch(/^[\t\n -~]*$/);
        expect(text).not.toMatch(/\?\?|\/\*[^*]*\/\*/);
        expect(rest(text)).toBe(rest(before));
        expect(patched(text, values).edits).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("ends with an answer for any elements, and what it takes it writes for good", () => {
    const piece = fc.constantFrom(
      "(",
      ")",
      "char",
      "uint8_t",
      "{",
      "}",
      ",",
      "-",
      "0xaa",
      "'a'",
      "[",
      "]",
      "\n",
      "A",
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const patch = patchHeader(`char final_table[] = { ${pieces.join(" ")} };`, balanced);
        if (patch.ok) expect(patched(patch.value.text).edits).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("never fails on a header cut anywhere", () => {
    fc.assert(
      fc.property(fc.nat(withoutMacros.length), fc.nat(withoutMacros.length), (a, b) => {
        const text = withoutMacros.slice(Math.min(a, b), Math.max(a, b));
        const patch = patchHeader(text, balanced);
        if (patch.ok) expect(decodeHeader(patch.value.text)).toMatchObject({ ok: true });
        else expect(patch.message).toMatch(/\.$|;$/);
      }),
    );
  });
});
