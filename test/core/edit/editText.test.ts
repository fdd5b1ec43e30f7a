import { describe, expect, it } from "vitest";
import { editText } from "../../../core/edit/editText";
import type { LayoutIntent } from "../../../core/edit/intent";
import { noFacts } from "../../../core/facts";
import { applyEdits } from "../../../core/text/span";
import { checkText, read } from "./editing";

const place = (row: number, offset: number, size: number): LayoutIntent => ({
  kind: "place",
  places: [{ row, offset, size }],
});

const add = (fields: Partial<Extract<LayoutIntent, { kind: "add" }>>): LayoutIntent => ({
  kind: "add",
  name: "vfs",
  type: "data",
  subtype: "fat",
  offset: 0x200000,
  size: 0x10000,
  ...fields,
});

const table = `
# Name,   Type, SubType, Offset,   Size,    Flags
nvs,      data, nvs,     0x9000,   0x5000,
otadata,  data, ota,     ,         8K,

# the two slots
app0,     app,  ota_0,   0x10000,  1280K,
app1,     app,  ota_1,   ,         1310720, encrypted
# all the rest
vfs,      data, fat,     0x290000, -4M,     # up to the end
`.trimStart();

describe("fields keep their notation", () => {
  it("K, decimal, hex and the address of the end", () =>
    checkText(
      table,
      {
        kind: "place",
        places: [
          { row: 2, offset: 0x10000, size: 0x150000 },
          { row: 3, offset: 0x160000, size: 0x138000 },
          { row: 4, offset: 0x298000, size: 0x167000 },
        ],
      },
      `# Name,   Type, SubType, Offset,   Size,    Flags
      nvs,      data, nvs,     0x9000,   0x5000,
      otadata,  data, ota,     ,         8K,

      # the two slots
      app0,     app,  ota_0,   0x10000,  1344K,
      app1,     app,  ota_1,   ,         1277952, encrypted
      # all the rest
      vfs,      data, fat,     0x298000, -4092K,     # up to the end
      `,
    ));
  it("capitals", () =>
    checkText("a,data,fat,0XA000,0x1F000", place(0, 0xb000, 0x1e000), "a,data,fat,0xb000,0x1E000"));
  it("small letters", () =>
    checkText("a,data,fat,64k,1m", place(0, 0x11000, 0x180000), "a,data,fat,68k,1536k"));
  it("the end of a partition in decimal", () =>
    checkText("a,data,fat,36864,-65536", place(0, 0x9000, 0x8000), "a,data,fat,36864,-69632"));
  it("a number that K cannot express", () =>
    checkText("a,data,fat,0x9000,4K", place(0, 0x9000, 0x1234), "a,data,fat,0x9000,0x1234"));
  it("a blank offset is written out in hex where it would move", () =>
    checkText(
      "a,data,fat,,8K\nb,data,fat,,8K\nc,data,fat,,8K",
      place(0, 0x9000, 0x1000),
      "a,data,fat,,4K\nb,data,fat, 0xb000,8K\nc,data,fat,,8K",
    ));
  it("a blank offset stays where alignment gives the same place", () =>
    checkText("a,data,fat,,4K\nb,data,fat,,4K", place(0, 0x9000, 0x800), "a,data,fat,,2K\nb,data,fat,,4K"));
});

describe("lines", () => {
  it("what would move is written out, and nothing else changes", () =>
    checkText(
      table,
      { kind: "delete", row: 0 },
      table
        .replace("nvs,      data, nvs,     0x9000,   0x5000,\n", "")
        .replace("ota,     ,", "ota,     0xe000,"),
    ));
  it("CRLF survives", () =>
    checkText(
      "a,data,fat,0x9000,4K\r\n# b\r\nb,data,fat,,4K\r\n",
      place(0, 0x20000, 0x1000),
      "# b\r\nb,data,fat, 0xa000,4K\r\na,data,fat,0x20000,4K\r\n",
    ));
  it("the last line needs no end", () =>
    checkText(
      "a,data,fat,0x9000,4K\nb,data,fat,0xa000,4K",
      { kind: "delete", row: 1 },
      "a,data,fat,0x9000,4K",
    ));
  it("the only line goes", () => checkText("a,data,fat,0x9000,4K", { kind: "delete", row: 0 }, ""));
  it("a last line without an end moves up", () =>
    checkText(
      "a,data,fat,0x10000,4K\n# comment\nb,data,fat,0x20000,4K",
      place(1, 0x9000, 0x2000),
      "b,data,fat,0x9000,8K\na,data,fat,0x10000,4K\n# comment",
    ));
  it("a line moves behind a last one without an end", () =>
    checkText(
      "# head\na,data,fat,0x10000,4K\nb,data,fat,0x20000,4K",
      place(0, 0x30000, 0x1000),
      "# head\nb,data,fat,0x20000,4K\na,data,fat,0x30000,4K",
    ));
  it("comments stay where they are, below the row above", () =>
    checkText(
      `
      # head
      a, data, fat, 0x9000, 4K
      # about b

      b, data, fat, 0xa000, 4K
      # about c
      c, data, fat, 0xb000, 4K
      `,
      { kind: "reorder", row: 2, before: 1 },
      `
      # head
      a, data, fat, 0x9000, 4K
      c, data, fat, 0xa000, 4K
      # about b

      b, data, fat, 0xb000, 4K
      # about c
      `,
    ));
  it("the heading stays above the first row", () =>
    checkText(
      "# head\na, data, fat, 0x9000, 4K\nb, data, fat, 0xa000, 4K\n",
      { kind: "reorder", row: 1, before: 0 },
      "# head\nb, data, fat, 0x9000, 4K\na, data, fat, 0xa000, 4K\n",
    ));
  it("two that change places", () =>
    checkText(
      "a, data, fat, 0x9000, 4K\nb, data, fat, 0xa000, 4K",
      {
        kind: "place",
        places: [
          { row: 0, offset: 0xa000, size: 0x1000 },
          { row: 1, offset: 0x9000, size: 0x1000 },
        ],
      },
      "b, data, fat, 0x9000, 4K\na, data, fat, 0xa000, 4K",
    ));
  it("two that leave the end together", () =>
    checkText(
      "c, data, fat, 0x20000, 4K\na, data, fat, 0x30000, 4K\nb, data, fat, 0x31000, 4K",
      {
        kind: "place",
        places: [
          { row: 1, offset: 0x9000, size: 0x1000 },
          { row: 2, offset: 0xa000, size: 0x1000 },
        ],
      },
      "a, data, fat, 0x9000, 4K\nb, data, fat, 0xa000, 4K\nc, data, fat, 0x20000, 4K\n",
    ));
});

describe("a new row is written as the one above", () => {
  it("in its columns and notation", () =>
    checkText(
      table,
      add({ name: "logs", offset: 0x400000 }),
      `${table}logs,     data, fat,     0x400000, 64K,\n`,
    ));
  it("blank where that one is", () =>
    checkText(
      "otadata,  data, ota,     ,         8K,\nend,      app,  factory, 0x10000,  1M,",
      add({ name: "keys", subtype: "nvs_keys", offset: 0xb000, size: 0x1000 }),
      "otadata,  data, ota,     ,         8K,\nkeys,     data, nvs_keys, ,        4K,\nend,      app,  factory, 0x10000,  1M,",
    ));
  it("tight", () =>
    checkText("a,data,fat,0x9000,4K", add({}), "a,data,fat,0x9000,4K\nvfs,data,fat,0x200000,64K"));
  it("in front of the first", () =>
    checkText(
      "# head\r\na, data, fat, 0x20000, 4K\r\n",
      add({ offset: 0x9000 }),
      "# head\r\nvfs, data, fat, 0x9000, 64K\r\na, data, fat, 0x20000, 4K\r\n",
    ));
  it("in an empty text", () => checkText("", add({}), "vfs, data, fat, 0x200000, 0x10000\n"));
  it("below comments alone", () => checkText("# head", add({}), "# head\nvfs, data, fat, 0x200000, 0x10000"));
  it("below a comment with its end", () =>
    checkText("# head\n", add({}), "# head\nvfs, data, fat, 0x200000, 0x10000\n"));
});

describe("typing", () => {
  const write = (row: number, cells: Extract<LayoutIntent, { kind: "write" }>["cells"]): LayoutIntent => ({
    kind: "write",
    row,
    cells,
  });

  it("writes what was typed, and blank offsets below follow", () =>
    checkText(table, write(0, { size: " 0x4000 " }), table.replace("0x5000", "0x4000")));
  it("several fields", () =>
    checkText(
      table,
      write(3, { name: "my slot", subtype: "test", flags: "" }),
      table.replace(
        "app1,     app,  ota_1,   ,         1310720, encrypted",
        "my slot,     app,  test,   ,         1310720, ",
      ),
    ));
  it("fields that the row does not have yet", () =>
    checkText(
      "a, data",
      write(0, { subtype: "", offset: "0x9000", flags: "readonly" }),
      "a, data,, 0x9000,, readonly",
    ));
  it("nothing where nothing differs", () =>
    checkText(table, write(0, { name: "nvs", offset: " 0x9000" }), table));
  it("what is wrong, for the rules to tell", () =>
    checkText("a,data,fat,,4K", write(0, { offset: "12Q", type: "" }), "a,,fat, 12Q,4K"));
});

describe("refused", () => {
  const cases: readonly (readonly [what: string, text: string, LayoutIntent, string])[] = [
    [
      "a comma",
      table,
      { kind: "write", row: 0, cells: { name: "a,b" } },
      "The name cannot hold a comma or a line end: it would end the field.",
    ],
    [
      "a line end",
      table,
      { kind: "write", row: 0, cells: { flags: "a\u2028b" } },
      "The flags cannot hold a comma or a line end: it would end the field.",
    ],
    [
      "a comment",
      table,
      { kind: "write", row: 0, cells: { name: " #nvs" } },
      "The name cannot begin with '#': the row would become a comment.",
    ],
    [
      "a comment as a new row",
      table,
      add({ name: "#" }),
      "The name cannot begin with '#': the row would become a comment.",
    ],
    [
      "a blank line",
      "a",
      { kind: "write", row: 0, cells: { name: "" } },
      "The text would then be read as another table, for example because of a $VARIABLE. Change it in the text.",
    ],
    [
      "a variable that is replaced",
      table,
      { kind: "write", row: 0, cells: { name: "x$SIZE" } },
      "The text would then be read as another table, for example because of a $VARIABLE. Change it in the text.",
    ],
    [
      "an unknown variable in front",
      table,
      add({ name: "$UNKNOWN" }),
      "The text would then be read as another table, for example because of a $VARIABLE. Change it in the text.",
    ],
    [
      "typing into a row with a variable",
      "a, data, fat, , $SIZE",
      { kind: "write", row: 0, cells: { name: "b" } },
      "A $VARIABLE stands for some of the fields of this row. Change it in the text.",
    ],
    [
      "placing a row with a variable",
      "a, data, fat, , $SIZE",
      place(0, 0x9000, 0x2000),
      "The row of 'a' would have to change, but a $VARIABLE stands for some of its fields. Change it in the text.",
    ],
    [
      "what would write out the offset of a row with a variable",
      "a, data, fat, , 4K\nb, data, fat, , $SIZE",
      { kind: "delete", row: 0 },
      "The row of 'b' would have to change, but a $VARIABLE stands for some of its fields. Change it in the text.",
    ],
    [
      "typing into a row that is not there",
      table,
      { kind: "write", row: 5, cells: {} },
      "There is no row 6 in the table any more.",
    ],
    [
      "a text that was not read",
      ",".repeat(2 ** 20 + 1),
      add({}),
      "The text is too large for a partition table, so it is not read. Change it in the text.",
    ],
  ];
  const facts = { ...noFacts, environment: { SIZE: "0x8000" } };
  for (const [what, text, intent, message] of cases)
    it(what, () => expect(editText(read(text, facts), intent)).toEqual({ ok: false, message }));

  it("but a row with a variable may go, and others around it change", () => {
    const analysis = read("a, data, fat, , 4K\nb, data, fat, 0xa000, $SIZE\nc, data, fat, , 4K\n", facts);
    const result = editText(analysis, { kind: "delete", row: 1 });
    expect(result.ok && applyEdits(analysis.csv.text, result.edits)).toBe(
      "a, data, fat, , 4K\nc, data, fat, 0x12000, 4K\n",
    );
  });
});
