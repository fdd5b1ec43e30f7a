import { describe, it } from "vitest";
import type { GeometryIntent } from "../../../core/edit/apply";
import { tableOfRows } from "../../support/tables";
import { checkRefused, checkRows } from "./editing";

const table = `
  nvs,     data, nvs,    0x9000,   0x5000
  otadata, data, ota,    ,         0x2000
  app0,    app,  ota_0,  0x10000,  0x140000
  app1,    app,  ota_1,  ,         0x140000
  spiffs,  data, spiffs, 0x290000, -0x400000
`;

const place = (row: number, offset: number, size: number): GeometryIntent => ({
  kind: "place",
  places: [{ row, offset, size }],
});

describe("placing moves nothing else", () => {
  it("a blank offset below is written out where it would move", () =>
    checkRows(
      table,
      place(0, 0x9000, 0x4000),
      `nvs 0x9000 0x4000
      otadata 0xe000 0x2000
      app0 0x10000 0x140000
      app1 (0x150000) 0x140000
      spiffs 0x290000 -0x400000
      `,
    ));

  it("a blank offset stays blank where both sides of a boundary change", () =>
    checkRows(
      table,
      {
        kind: "place",
        places: [
          { row: 2, offset: 0x10000, size: 0x100000 },
          { row: 3, offset: 0x110000, size: 0x180000 },
        ],
      },
      `nvs 0x9000 0x5000
      otadata (0xe000) 0x2000
      app0 0x10000 0x100000
      app1 (0x110000) 0x180000
      spiffs 0x290000 -0x400000
      `,
    ));

  it("a size that names the end stays while the end does", () =>
    checkRows(
      table,
      {
        kind: "place",
        places: [
          { row: 3, offset: 0x150000, size: 0x150000 },
          { row: 4, offset: 0x2a0000, size: 0x160000 },
        ],
      },
      `nvs 0x9000 0x5000
      otadata (0xe000) 0x2000
      app0 0x10000 0x140000
      app1 (0x150000) 0x150000
      spiffs 0x2a0000 -0x400000
      `,
    ));

  it("a size that names the end names the new one", () =>
    checkRows(
      table,
      place(4, 0x290000, 0x100000),
      `nvs 0x9000 0x5000
      otadata (0xe000) 0x2000
      app0 0x10000 0x140000
      app1 (0x150000) 0x140000
      spiffs 0x290000 -0x390000
      `,
    ));

  it("a row goes where its offset belongs", () =>
    checkRows(
      "nvs,data,nvs,0x9000,0x5000\nphy,data,phy,,0x1000\nbootloader,bootloader,primary\napp0,app,ota_0,0x10000,0x100000\nvfs,data,fat,,0x10000",
      place(1, 0x200000, 0x1000),
      `nvs 0x9000 0x5000
      bootloader 0x1000 0x7000
      app0 0x10000 0x100000
      vfs (0x110000) 0x10000
      phy 0x200000 0x1000
      `,
      "bootloader=0x1000",
    ));

  it("a row that stood in the wrong order gets to its place", () =>
    checkRows(
      "a,data,nvs,0x20000,0x1000\nb,data,phy,0x9000,0x1000\nc,data,fat,0x30000,0x1000",
      place(1, 0xa000, 0x1000),
      `b 0xa000 0x1000
      a 0x20000 0x1000
      c 0x30000 0x1000
      `,
    ));

  it("behind a row that cannot be read, nothing is lost", () =>
    checkRows(
      "a,data,nvs,0x9000,0x1000\nb,data,phy,,1Q\nc,data,fat,,0x1000\nd,data,fat,0x20000,0x1000",
      place(0, 0x30000, 0x1000),
      `b (?) ?
      c (?) 0x1000
      d 0x20000 0x1000
      a 0x30000 0x1000
      `,
    ));

  it("overlaps and what lies beyond the end of flash are for the rules", () =>
    checkRows(
      "a,data,nvs,0x9000,0x1000\nb,data,phy,0xa000,0x1000",
      place(0, 0x9000, 0x400000),
      `a 0x9000 0x400000
      b 0xa000 0x1000
      `,
      "flash=4MB",
    ));
});

describe("placing is refused", () => {
  const cases: readonly (readonly [string, GeometryIntent, string, string?])[] = [
    ["a row that is not there", place(7, 0x9000, 0x1000), "There is no row 8 in the table any more."],
    [
      "a row without a size",
      place(5, 0x400000, 0x1000),
      "'broken' has no place in flash yet, because its row or one above it is incomplete. Complete it in the text first.",
    ],
    [
      "what the build computes",
      place(6, 0x400000, 0x1000),
      "The build computes the place or the size of 'newtable' from the offset of the partition table. Change that offset in the project's configuration instead.",
    ],
    [
      "an app out of alignment",
      place(2, 0x11000, 0x140000),
      "'app0' cannot begin at 0x11000: an app begins at a multiple of 0x10000. Use 0x10000 or 0x20000.",
    ],
    [
      "data out of alignment",
      place(0, 0x9800, 0x5000),
      "'nvs' cannot begin at 0x9800: a partition begins at a multiple of 0x1000. Use 0x9000 or 0xa000.",
    ],
    [
      "what lies on the table",
      place(2, 0, 0x140000),
      "'app0' cannot begin at 0x0: the partition table ends at 0x9000. Use 0x10000 or higher.",
    ],
    ["no size", place(0, 0x9000, 0), "'nvs' needs a size. Give it at least 0x1000 bytes (4 KB)."],
    [
      "the size of an app",
      place(2, 0x10000, 0x140800),
      "The size 0x140800 of 'app0' must be a multiple of 0x1000. Use 0x140000 or 0x141000.",
    ],
    [
      "the size of an app with Secure Boot V1",
      place(2, 0x10000, 0x141000),
      "The size 0x141000 of 'app0' must be a multiple of 0x10000 for Secure Boot V1. Use 0x140000 or 0x150000.",
      "secure=v1",
    ],
    [
      "more than 32 bits",
      place(4, 0x290000, 0xffffffff),
      "'spiffs' would end at 0x10028ffff, beyond the 32 bits of an address. Make it smaller or move it down.",
    ],
  ];
  for (const [what, intent, message, facts] of cases)
    it(what, () =>
      checkRefused(
        `${table.trim()}\nbroken, data, fat, 0x400000,\nnewtable, partition_table, ota, 0x410000,`,
        intent,
        message,
        facts,
      ),
    );

  it("but not for what stays as it is: a table is mended step by step", () =>
    checkRows("a,app,ota_0,0x11000,0x100800\n", place(0, 0x20000, 0x100800), "a 0x20000 0x100800\n"));
});

describe("adding", () => {
  const add = (fields: Partial<Extract<GeometryIntent, { kind: "add" }>>): GeometryIntent => ({
    kind: "add",
    name: "vfs",
    type: "data",
    subtype: "fat",
    offset: 0x200000,
    size: 0x10000,
    ...fields,
  });

  it("in the order of the offsets, explicit as the row above", () =>
    checkRows(
      "nvs,data,nvs,0x9000,0x5000\napp0,app,ota_0,0x10000,1M\nend,data,fat,,1M",
      add({ offset: 0xe000, size: 0x2000 }),
      `nvs 0x9000 0x5000
      vfs 0xe000 0x2000
      app0 0x10000 0x100000
      end (0x110000) 0x100000
      `,
    ));
  it("blank as the row above, where that gives the same place", () =>
    checkRows(
      "nvs,data,nvs,0x9000,0x5000\napp0,app,ota_0,,1M",
      add({ offset: 0x110000 }),
      `nvs 0x9000 0x5000
      app0 (0x10000) 0x100000
      vfs (0x110000) 0x10000
      `,
    ));
  it("explicit where blank would be another place", () =>
    checkRows(
      "nvs,data,nvs,,0x5000\napp0,app,ota_0,,1M",
      add({ offset: 0x120000 }),
      `nvs (0x9000) 0x5000
      app0 (0x10000) 0x100000
      vfs 0x120000 0x10000
      `,
    ));
  it("in front of all, blank where all are", () =>
    checkRows(
      "app0,app,ota_0,,1M\nend,data,fat,,1M",
      add({ offset: 0x9000, size: 0x1000 }),
      `vfs (0x9000) 0x1000
      app0 (0x10000) 0x100000
      end (0x110000) 0x100000
      `,
    ));
  it("into nothing", () => checkRows("# empty\n", add({ offset: 0x9000 }), "vfs 0x9000 0x10000\n"));
  it("under a free name", () =>
    checkRows(
      "vfs,data,fat,0x9000,0x1000",
      add({ name: " vfs " }),
      `vfs 0x9000 0x1000
      vfs_2 0x200000 0x10000
      `,
    ));
  it("with numbers for words", () =>
    checkRows("", add({ type: "0x40", subtype: "" }), "vfs 0x200000 0x10000\n"));

  it("is refused of a type that there is not", () =>
    checkRefused(
      "",
      add({ type: "dat" }),
      "'dat' is not a partition type. Use app, data or a number from 0x40 to 0xfe.",
    ));
  it("is refused of a subtype that the type has not", () =>
    checkRefused(
      "",
      add({ type: "app", subtype: "fat" }),
      "'fat' is not a subtype of 'app'. Use a number from 0 to 0xfe or one of its words, such as ota_0.",
    ));
  it("is refused of a number beyond a byte", () =>
    checkRefused(
      "",
      add({ type: "0x140" }),
      "'0x140' is not a partition type. Use app, data or a number from 0x40 to 0xfe.",
    ));
  it("is refused of what the build sizes", () =>
    checkRefused(
      "",
      add({ type: "bootloader", subtype: "ota" }),
      "The build computes the size of a partition of type 'bootloader'. Write its row in the text.",
    ));
  it("is refused where an app cannot begin", () =>
    checkRefused(
      "",
      add({ type: "app", subtype: "ota_0", offset: 0x9000 }),
      "'vfs' cannot begin at 0x9000: an app begins at a multiple of 0x10000. Use 0x10000.",
    ));
  it("is refused in a full table", () =>
    checkRefused(
      tableOfRows(94),
      add({ offset: 0xf00000 }),
      "The table holds at most 94 partitions. Delete one first.",
    ));
  it("is refused in a full table without MD5", () =>
    checkRefused(
      tableOfRows(95),
      add({ offset: 0xf00000 }),
      "The table holds at most 95 partitions. Delete one first.",
      "md5=off",
    ));
});

describe("deleting", () => {
  it("moves nothing", () =>
    checkRows(
      table,
      { kind: "delete", row: 2 },
      `nvs 0x9000 0x5000
      otadata (0xe000) 0x2000
      app1 0x150000 0x140000
      spiffs 0x290000 -0x400000
      `,
    ));
  it("of a row that is not there is refused", () =>
    checkRefused(table, { kind: "delete", row: 5 }, "There is no row 6 in the table any more."));
});

describe("reordering closes up what lies between", () => {
  it("upwards", () =>
    checkRows(
      table,
      { kind: "reorder", row: 3, before: 2 },
      `nvs 0x9000 0x5000
      otadata (0xe000) 0x2000
      app1 (0x10000) 0x140000
      app0 0x150000 0x140000
      spiffs 0x290000 -0x400000
      `,
    ));
  it("downwards, and what was free comes behind", () =>
    checkRows(
      "a,data,fat,0x9000,0x3000\nb,data,fat,0xe000,0x1000\nc,data,fat,0x11000,0x1000\nd,data,fat,0x20000,0x1000",
      { kind: "reorder", row: 0, before: 3 },
      `b 0x9000 0x1000
      c 0xa000 0x1000
      a 0xb000 0x3000
      d 0x20000 0x1000
      `,
    ));
  it("to the end", () =>
    checkRows(
      "a,data,fat,,0x3000\nb,data,fat,,0x1000\nc,app,ota_0,,1M",
      { kind: "reorder", row: 0, before: null },
      `b (0x9000) 0x1000
      c (0x10000) 0x100000
      a (0x110000) 0x3000
      `,
    ));
  it("to where it is", () =>
    checkRows(
      "a,data,fat,,0x3000\nb,data,fat,,0x1000",
      { kind: "reorder", row: 0, before: 1 },
      `a (0x9000) 0x3000
      b (0xc000) 0x1000
      `,
    ));
  it("of a row that the tool places moves nothing", () =>
    checkRows(
      "a,data,fat,,0x3000\nb,data,fat,,0x1000\nbootloader,bootloader,primary",
      { kind: "reorder", row: 2, before: 0 },
      `bootloader 0x1000 0x7000
      a (0x9000) 0x3000
      b (0xc000) 0x1000
      `,
      "bootloader=0x1000",
    ));
  it("goes around rows that the tool places", () =>
    checkRows(
      "a,data,fat,,0x3000\ntable,partition_table,primary\nb,data,fat,,0x1000",
      { kind: "reorder", row: 2, before: 0 },
      `b (0x9000) 0x1000
      a (0xa000) 0x3000
      table 0x8000 0x1000
      `,
    ));

  it("beyond the end of flash, as far as it reached already", () =>
    checkRows(
      "a,data,fat,0xf0000,0x10000\nb,data,fat,0x100000,0x20000",
      { kind: "reorder", row: 1, before: 0 },
      `b 0xf0000 0x20000
      a 0x110000 0x10000
      `,
      "flash=1MB",
    ));
  it("is refused where alignment leaves too little room", () =>
    checkRefused(
      "nvs,data,nvs,0x9000,0x7000\napp0,app,ota_0,0x10000,0xf0000\nend,data,fat,0x100000,0x1000",
      { kind: "reorder", row: 1, before: 0 },
      "'app0' cannot go there: 0x7000 bytes (28 KB) are missing for the alignment of the offsets (0x10000 for apps, 0x1000 for others). Make one of the partitions in between smaller first.",
    ));
  it("is refused where the end of flash is too near", () =>
    checkRefused(
      "a,app,ota_0,0x10000,0x3df000\nb,data,fat,,0x11000",
      { kind: "reorder", row: 1, before: 0 },
      "'b' cannot go there: 0xf000 bytes (60 KB) are missing for the alignment of the offsets (0x10000 for apps, 0x1000 for others). Make one of the partitions in between smaller first.",
      "flash=4MB",
    ));
  it("is refused over a row without a place", () =>
    checkRefused(
      "a,data,fat,0x9000,0x1000\nb,data,fat,,\nc,data,fat,0x10000,0x1000",
      { kind: "reorder", row: 0, before: null },
      "'a' cannot go there: 'b' would have to move, but its place is not known. Complete its row in the text first.",
    ));
  it("is refused over what the build computes", () =>
    checkRefused(
      "a,data,fat,0x9000,0x1000\nnext,partition_table,ota,0xa000\n",
      { kind: "reorder", row: 0, before: null },
      "'a' cannot go there: 'next' would have to move, but the build computes its place or its size.",
    ));
  it("of a row that is not there is refused", () =>
    checkRefused(table, { kind: "reorder", row: 0, before: 9 }, "There is no row 10 in the table any more."));
});
