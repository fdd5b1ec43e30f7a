import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCharacter, parseInteger, printLike } from "../../../core/export/cLiteral";
import { compiledTokens } from "../../../core/export/conditions";
import { cTokens } from "../../../core/export/cSource";

const checkTokens = (text: string, expected: readonly string[]): void => {
  expect([...cTokens(text)].map((token) => `${token.kind} ${token.text}`)).toEqual(expected);
};

describe("the scanner tells code from what is none", () => {
  const cases: Record<string, readonly [string, readonly string[]]> = {
    "comments of both kinds": ["a/* b */c // d\ne", ["name a", "name c", "name e"]],
    "a line comment that a backslash continues": ["// a \\\nb\nc", ["name c"]],
    "a backslash with blanks behind it continues too": ["// a \\  \r\nb\nc", ["name c"]],
    "a comment that is never closed": ["a /* b", ["name a"]],
    "a quote in a comment": ["/* don't */ a", ["name a"]],
    "a comment in a string": ['"/* a" b', ['string "/* a"', "name b"]],
    "an escaped quote": [
      String.raw`"\"" a '\'' b`,
      [String.raw`string "\""`, "name a", String.raw`char '\''`, "name b"],
    ],
    "a string that is never closed ends with its line": ['"a\nb', ['string "a', "name b"]],
    "a string over two lines": ['"a\\\nb" c', ['string "ab"', "name c"]],
    "a name over two lines": ["fi\\\nnal", ["name final"]],
    "numbers with suffixes": ["0x1fUL+1", ["number 0x1fUL", "mark +", "number 1"]],
    "a directive with its continuation": ["#define A \\\n 1\nb", ["directive #define A  1", "name b"]],
    "a directive with a comment over two lines": [
      "#define A /*\n*/ 1\nb",
      ["directive #define A /*\n*/ 1", "name b"],
    ],
    "a directive behind a comment": ["/* a */ # if 1\nb", ["directive # if 1", "name b"]],
    "an apostrophe in prose ends with its line": ["#error don't\na", ["directive #error don't", "name a"]],
    "a number sign in the middle of a line": ["a # b", ["name a", "mark #", "name b"]],
    "a raw string with quotes and lines": [
      'R"x("\n)" )x" a u8R"(\n)" b',
      ["name R", 'string "x("\n)" )x"', "name a", "name u8R", 'string "(\n)"', "name b"],
    ],
    "a raw string that is never closed": ['R"(a\nb', ["name R", 'string "(a\nb']],
    "a raw string in a directive": ['#define A R"(\n)"\nb', ['directive #define A R"(\n)"', "name b"]],
    "a string behind a name that ends in R": ['FOR"(" a', ["name FOR", 'string "("', "name a"]],
    "a byte order mark": ["\ufeff#if 1\na", ["directive #if 1", "name a"]],
    nothing: ["", []],
  };
  for (const [title, [text, expected]] of Object.entries(cases)) it(title, () => checkTokens(text, expected));
});

describe("what #if 0 hides", () => {
  const seen = (text: string) =>
    [...compiledTokens(text)].filter(({ kind }) => kind === "name").map(({ text }) => text);
  it("up to its #endif", () => expect(seen("#if 0\na\n#endif\nb")).toEqual(["b"]));
  it("up to its #else", () => expect(seen("#if 0 // old\na\n#else\nb\n#endif\nc")).toEqual(["b", "c"]));
  it("with others inside", () =>
    expect(seen("#if 0\n#ifdef A\na\n#else\nb\n#endif\nc\n#endif\nd")).toEqual(["d"]));
  it("however the zero is written", () => {
    const zeros = [
      "/* off */ 0",
      "(0)",
      "0x0L // no",
      "\\\n 0",
      "0 && A",
      "(0) /* a */ && defined(B)",
      "false",
    ];
    for (const zero of zeros) expect(seen(`#if ${zero}\na\n#endif\nb`)).toEqual(["b"]);
  });
  it("in the other branches too", () =>
    expect(seen("#if A\na\n#elif 0\nb\n#elif (0)\nc\n#else\nd\n#endif")).toEqual(["a", "d"]));
  it("but not the directives around it", () =>
    expect([...compiledTokens("#if 0\na\n#define A\n#else\n#endif")].map(({ text }) => text)).toEqual([
      "#if 0",
      "#else",
      "#endif",
    ]));
  it("but nothing else is decided", () => {
    for (const condition of ["0 || A", "0 && A || B", "!0", "0 == A", "10", "A && 0"])
      expect(seen(`#if ${condition}\na\n#endif`)).toEqual(["a"]);
    expect(seen("#if A\na\n#else\nb\n#endif\n#if 01\nc\n#endif")).toEqual(["a", "b", "c"]);
  });
});

describe("literals", () => {
  const integers: Record<string, number | undefined> = {
    "0": 0,
    "255": 255,
    "0xaa": 0xaa,
    "0XFFu": 255,
    "0b101": 5,
    "017": 15,
    "1024UL": 1024,
    "08": undefined,
    "0x": undefined,
    "1.5": undefined,
    "12abc": undefined,
    abc: undefined,
  };
  for (const [text, value] of Object.entries(integers))
    it(`${text} is ${value}`, () => expect(parseInteger(text)?.value).toBe(value));
  const characters: Record<string, number | undefined> = {
    "'a'": 97,
    "'\\xaa'": 0xaa,
    "'\\0'": 0,
    "'\\252'": 0o252,
    "'\\n'": 10,
    "'\\''": 39,
    "'ab'": undefined,
    "'a": undefined,
    "'\\q'": undefined,
  };
  for (const [text, value] of Object.entries(characters))
    it(`${text} is ${value}`, () => expect(parseCharacter(text)).toBe(value));
  const styles: readonly (readonly [string, number, string])[] = [
    ["0x180000", 0x190000, "0x190000"],
    ["0x2D0000", 0xabc000, "0xABC000"],
    ["0x00180000UL", 0x190000, "0x00190000UL"],
    ["1048576u", 983040, "983040u"],
    ["0XF0", 0x1f0, "0X1F0"],
    ["017", 8, "010"],
  ];
  for (const [text, value, printed] of styles)
    it(`${text} becomes ${printed}`, () => {
      const literal = parseInteger(text);
      expect(literal && printLike(literal, value)).toBe(printed);
    });
});

const pieces = fc.constantFrom(
  ..."/*|*/|//|\\|\\\n|\\ \r\n|\n|\r\n|\"|'|#|#if 0|#else|#endif|#define |final_table|[|]|=|{|}|(|)|,|0xaa|-1|;| |\t|\ufeff".split(
    "|",
  ),
);
const soup = fc.array(pieces, { maxLength: 60 }).map((all) => all.join(""));

describe("any text", () => {
  it("gives tokens in order that do not overlap and lie in the text", () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: "binary" })), (text) => {
        let at = 0;
        for (const { start, end } of cTokens(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });
});
