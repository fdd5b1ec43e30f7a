import { describe, expect, it } from "vitest";
import { parseNumber } from "../../../core/table/number";

const words = new Map([
  ["data", 1],
  ["nvs", 2],
]);

/** `undefined`: refused. Values were read off Espressif's tool. */
function checkNumber(text: string, value: number | undefined, keywords?: ReadonlyMap<string, number>): void {
  const parsed = parseNumber(text, (word) => keywords?.get(word));
  expect(parsed.ok ? parsed.value : undefined).toBe(value);
}

describe("numbers as gen_esp32part.py reads them", () => {
  const accepted: [string, number][] = [
    ["0x9000", 0x9000],
    ["0X9000", 0x9000],
    ["24576", 24576],
    ["24K", 24576],
    ["24 k", 24576],
    ["0x18K", 24576],
    ["1kk", 1048576],
    ["0x1m", 1048576],
    ["0o10000", 4096],
    ["0b1000000000000", 4096],
    ["0x9_000", 0x9000],
    ["0x_9000", 0x9000],
    ["24_576", 24576],
    ["000", 0],
    ["+4096", 4096],
    ["-0x1000", -4096],
    ["-0", 0],
    ["３６", 36],
    ["٦٤", 64],
    ["𝟙𝟚", 12],
  ];
  for (const [text, value] of accepted) it(`${text} is ${value}`, () => checkNumber(text, value));

  for (const text of [
    "",
    "K",
    "1.5M",
    "1MB",
    "64KiB",
    "1G",
    "9000h",
    "F000",
    "1e6",
    "036864",
    "- 5",
    "0x",
    "1__0",
    "_1",
    "0x10_",
  ]) {
    it(`'${text}' is none`, () => checkNumber(text, undefined));
  }

  it("takes any number of suffixes", () => {
    checkNumber(`0${"k".repeat(1_000_000)}`, 0);
    checkNumber(`x${"m".repeat(1_000_000)}`, undefined);
    checkNumber(`1${"k".repeat(1_000_000)}`, 2 ** 64);
    checkNumber(`-0x${"f".repeat(1_000_000)}`, -(2 ** 64));
  });

  it("says what was left when the suffixes were cut", () => {
    expect(parseNumber("1.5M")).toEqual({ ok: false, rest: "1.5" });
  });
});

describe("words", () => {
  it("are not case-sensitive", () => checkNumber("NVS", 2, words));
  it("may be numbers", () => checkNumber("0x40", 0x40, words));
  it("lose a final k or m to the suffix", () => checkNumber("datak", 1024, words));
  it("are refused with the rest", () =>
    expect(parseNumber("disk", (word) => words.get(word))).toEqual({ ok: false, rest: "dis" }));
});
