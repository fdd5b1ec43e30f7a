import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../../core/analyse";
import { noFacts } from "../../../core/facts";
import { format } from "../../../core/language/format";
import { parseCsv } from "../../../core/table/csv";
import { span } from "../../../core/text/span";
import { applied } from "./cursorText";

const formatted = (text: string, environment = {}): string =>
  applied(text, format({ csv: parseCsv(text, environment) }));

const lines = (...all: string[]): string => all.join("\n");

test("columns are aligned as Espressif aligns its own", () => {
  expect(
    formatted(
      lines(
        "# ESP-IDF Partition Table",
        "# Name, Type, SubType, Offset, Size, Flags",
        "nvs,data,nvs,0x9000,0x6000,",
        "  phy_init ,data,phy,0xf000,0x1000,  ",
        "# the application",
        "factory,app,factory,,1M, encrypted",
        "",
      ),
    ),
  ).toBe(
    lines(
      "# ESP-IDF Partition Table",
      "# Name,   Type, SubType, Offset, Size, Flags",
      "nvs,      data, nvs,     0x9000, 0x6000,",
      "phy_init, data, phy,     0xf000, 0x1000,",
      "# the application",
      "factory,  app,  factory, ,       1M,   encrypted",
      "",
    ),
  );
});

test("the line that names the columns is aligned however it is written, and no other comment", () => {
  const row = "factory, app, factory, , 1M";
  const titles = (title: string) => formatted(lines(title, row)).split("\n")[0];
  expect(titles("#name,type,Sub Type,offset,size")).toBe("#name,   type, Sub Type, offset, size");
  expect(titles("# NAME,Type ,SubType,Offset,Size,Flags,")).toBe(
    "# NAME,  Type, SubType, Offset, Size, Flags,",
  );
  for (const other of [
    "#name,type,subtype,offset",
    "#name,type,subtype,offset,size,x",
    "#type,name,subtype,offset,size",
  ])
    expect(titles(other)).toBe(other);
});

test("each block has its own columns", () => {
  expect(formatted("a,data,fat,,4K\n\nlonger_name,data,fat,,4K\nb,app,factory,,1M")).toBe(
    lines("a, data, fat, , 4K", "", "longer_name, data, fat,     , 4K", "b,           app,  factory, , 1M"),
  );
});

test("comments, line ends, spelling, missing and extra columns stay", () => {
  const text = "\t# note,  with, commas\r\nA , DATA,  0x06 ,\t, 0X1_000 ,,  # seventh\r\nb\r\n";
  expect(formatted(text)).toBe("\t# note,  with, commas\r\nA, DATA, 0x06, , 0X1_000, , # seventh\r\nb\r\n");
});

test("a row with a variable keeps its text and widens no column", () => {
  const text = "nvs,data, nvs,,24K\n${NAME_OF_A_PARTITION},data,fat,,4K\n$ROW\n";
  expect(formatted(text, { NAME_OF_A_PARTITION: "x", ROW: "y,data,fat,,4K" })).toBe(
    "nvs, data, nvs, , 24K\n${NAME_OF_A_PARTITION},data,fat,,4K\n$ROW\n",
  );
});

test("only the chosen lines change", () => {
  const text = "a,data,fat,,4K\nb,data,fat,,4K";
  expect(applied(text, format({ csv: parseCsv(text) }, span(15, 20)))).toBe(
    "a,data,fat,,4K\nb, data, fat, , 4K",
  );
});

const cell = fc.oneof(
  fc.constantFrom(
    "",
    "nvs",
    "data",
    "app",
    "fat",
    "ota_0",
    "0x9000",
    "4K",
    "1M",
    "-2M",
    "readonly",
    "#x",
    "$X",
    "ü😀",
  ),
  fc.string({ maxLength: 4 }),
);
const space = fc.constantFrom("", " ", "  ", "\t");
const row = fc
  .array(fc.tuple(space, cell, space), { minLength: 1, maxLength: 8 })
  .map((cells) => cells.map((parts) => parts.join("")).join(","));
const line = fc.oneof(
  { weight: 5, arbitrary: row },
  fc.constantFrom(
    "",
    " ",
    "# comment ",
    "# Name, Type,SubType , Offset, Size,Flags",
    "#Name,Type,SubType,Offset,Size",
  ),
);
const csv = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n", "\r", "\u2028"))
  .map(([all, eol]) => all.join(eol));

/** Everything that the table says, without where it stands in the text. */
const meaning = (text: string): unknown => {
  const { table, csv: document, problems } = analyse(text, noFacts);
  return {
    cells: document.rows.map(({ cells }) => cells.map((value) => value.text)),
    kinds: document.lines.map(({ kind }) => kind),
    entries: table.entries.map(({ row: _, ...entry }) => entry),
    problems: problems.map(({ id, message }) => [id, message]),
  };
};

test("formatting never changes what the table says, and formatting again changes nothing", () => {
  fc.assert(
    fc.property(csv, (text) => {
      const once = formatted(text);
      expect(meaning(once)).toEqual(meaning(text));
      expect(formatted(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
}, 30_000);
