import { describe, expect, it } from "vitest";
import { decodeHeader, findTableArray } from "../../../core/export/tableArray";
import { decodeTable } from "../../../core/table/decode";
import { printTable } from "../../../core/table/print";
import { headerFixture, publishedCsv, tableOf } from "../../support/headers";

const bytesOf = (text: string): number[] | string => {
  const bytes = decodeHeader(text);
  return bytes.ok ? [...bytes.value] : bytes.reason;
};

describe("the array is found however it is declared", () => {
  const declarations = [
    "static const char final_table[] = { 0xaa, 0x50 };",
    "const uint8_t final_table[2] = {0xAA,0x50,};",
    "uint8_t const final_table[0x02]\n=\n{\n170,\n80\n}\n;",
    "static const unsigned char final_table[] __attribute__((aligned(4))) = { (char)0xaa, (uint8_t)(80) };",
    "static const unsigned char final_table[] __attribute__((section(\"a{b\"), used)) PROGMEM = { '\\xaa', 'P' };",
    "static char signed final_table[] = { -86, 0120u };",
    "std::uint8_t final_table[] { 0xaa, 0x50 };",
  ];
  for (const text of declarations) it(text, () => expect(bytesOf(text)).toEqual([0xaa, 0x50]));
});

describe("an element is known to be a byte by its type", () => {
  const head = (declared: string, before = "") => bytesOf(`${before}${declared} final_table[] = { 7 };`);
  const bytes =
    "char|signed char|unsigned char|int8_t|uint8_t|uint_least8_t|__uint8_t|::std::int8_t|char8_t|u8|U8|BYTE|byte|uchar|alignas(4) inline constexpr unsigned char|extern const volatile BYTE|MY_ATTR(x) static DRAM_ATTR u8|__attribute__((used)) char";
  for (const declared of bytes.split("|")) it(declared, () => expect(head(declared)).toEqual([7]));
  const others =
    "const uint32_t|uint16_t|int|unsigned|short|const char *|char &|std::byte|std::array<char, 1>|struct u8|BYTE int|MY_TYPE|esp_byte_t|typeof(char)|_Atomic(int)|typedef char|char a,|static|";
  for (const declared of others.split("|"))
    it(`not ${declared}`, () => expect(head(declared)).toBe("not-bytes"));
  it("or by what the header says of its type", () => {
    expect(head("t", "typedef unsigned char t;")).toEqual([7]);
    expect(head("const t", "using t = std::uint8_t;")).toEqual([7]);
    expect(head("T", "typedef char s; typedef s T;")).toEqual([7]);
    expect(head("t", "typedef uint32_t t;")).toBe("not-bytes");
    expect(head("u8", "typedef uint32_t u8;")).toBe("not-bytes");
    expect(head("t", "typedef char t[4];")).toBe("not-bytes");
    expect(head("t", "typedef char *t;")).toBe("not-bytes");
    expect(head("t", "#ifdef A\ntypedef char t;\n#else\ntypedef int t;\n#endif\n")).toBe("not-bytes");
    expect(head("t", "void f(void) { typedef char t; }")).toBe("not-bytes");
  });
  it("and says what it is declared as", () =>
    expect(findTableArray("int a;\nstatic const uint32_t final_table[] = { 0 };")).toMatchObject({
      message: expect.stringContaining("Line 2: 'static const uint32_t final_table'"),
    }));
});

describe("only an array of the file itself is taken", () => {
  const array = "char final_table[] = { 7 };";
  const around = ['extern "C" {', "namespace a::b {", "inline namespace a {", "namespace {"];
  for (const open of around) it(`${open} … }`, () => expect(bytesOf(`${open} ${array} }`)).toEqual([7]));
  for (const [open, close] of [
    ["void f(void) {", "}"],
    ["void f(", ")"],
    ["namespace a { int f() {", "} }"],
    ["struct s {", "};"],
    ["#ifdef A\nvoid f() {\n#else\nvoid g() {\n#endif\n}\n", ""],
  ])
    it(`not ${open} … ${close}`, () => expect(bytesOf(`${open} ${array} ${close}`)).toBe("local-array"));
  it("also beside a local one", () =>
    expect(bytesOf(`void f(void) { char final_table[] = { 1 }; } ${array} void g() { ${array} }`)).toEqual([
      7,
    ]));
  it("and not one in a raw string", () => expect(bytesOf(`char *s = R"x(\n${array}\n)x";`)).toBe("no-array"));
});

describe("bytes as the compiler places them", () => {
  it("missing elements are zero", () =>
    expect(bytesOf("char final_table[4] = { 1 };")).toEqual([1, 0, 0, 0]));
  it("elements beyond the bound are dropped", () =>
    expect(bytesOf("char final_table[1] = { 1, 2 };")).toEqual([1]));
  it("an empty initialiser", () => expect(bytesOf("char final_table[] = {};")).toEqual([]));
});

describe("what is refused", () => {
  const cases: Record<string, readonly [reason: string, at: string, text: string]> = {
    "an empty text": ["no-array", "", ""],
    "only a declaration": ["no-array", "", "extern const char final_table[];"],
    "only uses": ["no-array", "", "x = final_table[0]; f(final_table); final_table[1] = y;"],
    "another name": ["no-array", "", "char final_table_old[] = { 1 };"],
    "a table of rows": ["no-array", "", "char final_table[2][32] = { 1 };"],
    "behind another one": ["not-bytes", "final_table", "char other[] = { 1 }, final_table[] = { 2 };"],
    "without a type": ["not-bytes", "final_table", "final_table[] = { 2 };"],
    "two of them": [
      "two-arrays",
      "final_table[] = { 2",
      "char final_table[] = { 1 };\nchar final_table[] = { 2 };",
    ],
    "an expression": ["not-numbers", "A + 1", "char final_table[] = { 1, A + 1 };"],
    "a number beyond a byte": ["not-numbers", "256", "char final_table[] = { 255, 256 };"],
    "an empty element": ["not-numbers", ", 2", "char final_table[] = { 1,, 2 };".replace(",,", ", ,")],
    "rows in braces": ["not-numbers", "{ 1", "char final_table[] = { { 1 } };"],
    "a string": ["not-numbers", '"\\xaa', 'char final_table[] = { "\\xaa\\x50" };'],
    "an included file": ["directive", "#include", 'char final_table[] = {\n#include "table.inc"\n};'],
    "a condition": ["directive", "#ifdef", "char final_table[] = {\n#ifdef A\n1,\n#endif\n};"],
    "a designator": ["not-numbers", "[0]", "char final_table[] = { [0] = 1 };"],
    "a cast that is not closed": ["not-numbers", "(char{", "char final_table[] = { 1, (char{, 2 };"],
    "a parenthesis that is not closed": ["not-numbers", "((char", "char final_table[] = { ((char, 2 };"],
    "no closing brace": ["unbalanced", "{ 1", "char final_table[] = { 1, 2"],
    "an array longer than the sector": [
      "too-large",
      ", 7",
      `char final_table[] = { ${"0,".repeat(0x1000)}7, 7 };`,
    ],
    "a text longer than a header": ["too-large", "", " ".repeat(1024 * 1024 + 1)],
  };
  for (const [title, [reason, at, text]] of Object.entries(cases))
    it(title, () => {
      const array = findTableArray(text);
      expect(array).toMatchObject({ ok: false, reason });
      if (array.ok || at === "") return;
      expect(text.slice(array.at)).toMatch(new RegExp(`^${at.replace(/[^\w\s]/g, "\\$&")}`));
    });
  it("names both places of two arrays", () => {
    const array = findTableArray("char final_table[] = { 1 };\n\nchar final_table[] = { 2 };");
    expect(array).toMatchObject({ message: expect.stringContaining("in line 1 and in line 3") });
  });
  it("names the place of an element that is no number", () => {
    const array = findTableArray("char final_table[] = {\n1,\nTWO };");
    expect(array).toMatchObject({ message: expect.stringContaining("Line 3: 'TWO'") });
  });
});

describe("the fixtures", () => {
  for (const name of ["published-style.h", "crlf-tabs.h", "one-line-decimal.h", "literal-styles.h"])
    it(`${name} holds the published table`, () => {
      const bytes = decodeHeader(headerFixture(name));
      if (!bytes.ok) throw new Error(bytes.message);
      const table = decodeTable(bytes.value);
      if (!table.ok) throw new Error(table.message);
      expect(table.value.md5Row).toBe(true);
      expect(printTable(table.value.entries)).toBe(printTable(tableOf(publishedCsv).entries));
    });
  it("traps.h has one array, behind everything that looks like it", () =>
    expect(bytesOf(headerFixture("traps.h"))).toEqual([0xaa, 0x50, 1, 2]));
  it("another name can be asked for", () =>
    expect(decodeHeader(headerFixture("traps.h"), "final_table_old")).toMatchObject({
      ok: true,
      value: Uint8Array.of(8),
    }));
});
