import { describe, expect, it } from "vitest";
import { dragLimits, dragTo, type Handle } from "../../../core/edit/drag";
import { hex } from "../../../core/text/units";
import { factsOf, rowsOf } from "./editing";

/** `row handle` to `min..max step`, or `fixed`. */
function checkLimits(text: string, facts: string, expected: Readonly<Record<string, string>>): void {
  const known = factsOf(facts);
  const rows = rowsOf(text, known);
  const found = Object.keys(expected).map((key) => {
    const [name = "", handle = ""] = key.split(" ");
    const row = rows.findIndex((read) => read.name === name);
    const limits = dragLimits(rows, known, row, handle as Handle);
    return [key, limits ? `${hex(limits.min)}..${hex(limits.max)} ${hex(limits.step)}` : "fixed"];
  });
  expect(Object.fromEntries(found)).toEqual(expected);
}

/** `name handle address step` to the places that come of it. */
function checkDrags(text: string, facts: string, expected: Readonly<Record<string, string>>): void {
  const known = factsOf(facts);
  const rows = rowsOf(text, known);
  const found = Object.keys(expected).map((key) => {
    const [name = "", handle = "", to = "", step = ""] = key.split(" ");
    const row = rows.findIndex((read) => read.name === name);
    const places = dragTo(rows, known, row, handle as Handle, Number(to), Number(step));
    return [
      key,
      places.map((place) => `${rows[place.row]?.name} ${hex(place.offset)}+${hex(place.size)}`).join(", "),
    ];
  });
  expect(Object.fromEntries(found)).toEqual(expected);
}

const table = `
nvs,     data, nvs,    0x9000,   0x5000
otadata, data, ota,    ,         0x2000
app0,    app,  ota_0,  0x10000,  0x140000
app1,    app,  ota_1,  0x160000, 0x140000
vfs,     data, fat,    0x2a0000, 0x100000
`;

describe("how far a handle goes", () => {
  it("a boundary that two share, one before a gap, a body", () =>
    checkLimits(table, "flash=4MB", {
      "nvs start": "0x9000..0xd000 0x1000",
      "nvs end": "0xa000..0xf000 0x1000",
      "otadata start": "0xa000..0xf000 0x1000",
      "otadata end": "0x10000..0x140000 0x10000",
      "app0 start": "0x10000..0x140000 0x10000",
      "app0 end": "0x20000..0x160000 0x1000",
      "app1 start": "0x150000..0x290000 0x10000",
      "app1 end": "0x170000..0x39f000 0x1000",
      "vfs start": "0x170000..0x39f000 0x1000",
      "vfs end": "0x2a1000..0x400000 0x1000",
      "nvs body": "0x9000..0x3fb000 0x1000",
      "app0 body": "0x10000..0x20000 0x10000",
      "vfs body": "0x2a0000..0x300000 0x1000",
    }));

  it("with Secure Boot V1 the end of an app takes steps of 64 KB", () =>
    checkLimits(table, "flash=4MB secure=v1", {
      "app0 end": "0x20000..0x160000 0x10000",
      "vfs start": "0x170000..0x390000 0x10000",
    }));

  it("without a flash size 16 MB behind everything", () =>
    checkLimits(table, "", { "vfs end": "0x2a1000..0x13a0000 0x1000" }));

  it("not into what cannot change", () =>
    checkLimits(
      `
      bootloader, bootloader, primary
      a, data, fat, 0x9000, 0x3000
      next, partition_table, ota, 0xc000
      b, data, fat, 0xd000, 0x1000
      c, data, fat, , 1Q
      `,
      "flash=4MB bootloader=0x1000",
      {
        "a end": "0xa000..0xc000 0x1000",
        "b start": "0xd000..0xd000 0x1000",
        "next body": "fixed",
        "bootloader body": "fixed",
        "c end": "fixed",
        "d end": "fixed",
      },
    ));

  it("a neighbour that could get no valid size is not changed", () =>
    checkLimits(
      `
      a, data, fat, 0x9000, 0x7000
      app0, app, ota_0, 0x10000, 0x100800
      b, data, fat, 0x110800, 0x1000
      `,
      "",
      { "a end": "0xa000..0x10000 0x1000", "app0 start": "fixed", "b start": "0x20000..0x110000 0x1000" },
    ));

  it("what is smaller than a drag would leave may stay so", () =>
    checkLimits("a, app, ota_0, 0x10000, 0x8000\nb, data, fat, , 0x800", "", {
      "a end": "0x18000..0x18000 0x1000",
      "b body": "0x9000..0x1018000 0x1000",
    }));

  it("where partitions overlap, each can only get out of it", () =>
    checkLimits(
      `
      a, data, fat, 0x10000, 0x4000
      b, data, fat, 0x12000, 0x4000
      inside, data, fat, 0x13000, 0x1000
      `,
      "flash=4MB",
      {
        "a end": "0x11000..0x14000 0x1000",
        "b start": "0x12000..0x15000 0x1000",
        "inside start": "0x13000..0x13000 0x1000",
        "inside end": "0x14000..0x14000 0x1000",
        "a start": "0x9000..0x13000 0x1000",
        "b body": "0x9000..0x3fc000 0x1000",
      },
    ));

  it("a boundary at which two others lie is shared with neither", () =>
    checkLimits(
      `
      a, data, fat, 0x10000, 0x4000
      b, data, fat, 0x12000, 0x4000
      c, data, fat, 0x14000, 0x4000
      `,
      "flash=4MB",
      { "a end": "0x11000..0x14000 0x1000", "c start": "0x14000..0x17000 0x1000" },
    ));

  it("what lies on the partition table can only leave it", () =>
    checkLimits("a, data, fat, 0x7000, 0x4000\nb, data, fat, 0xb000, 0x1000", "", {
      "a start": "0x9000..0xa000 0x1000",
      "a body": "0xc000..0x1008000 0x1000",
      "b start": "0x9000..0xb000 0x1000",
    }));

  it("what lies beyond the end of flash can only come back", () =>
    checkLimits("a, data, fat, 0x3f0000, 0x20000\nb, data, fat, 0x500000, 0x1000", "flash=4MB", {
      "a end": "0x3f1000..0x410000 0x1000",
      "b end": "0x501000..0x501000 0x1000",
      "b start": "0x410000..0x500000 0x1000",
    }));
});

describe("dragging", () => {
  it("a shared boundary changes both", () =>
    checkDrags(table, "flash=4MB", {
      "app1 end 0x2c0000 0x1000": "app1 0x160000+0x160000, vfs 0x2c0000+0xe0000",
      "vfs start 0x2c0000 0x1000": "app1 0x160000+0x160000, vfs 0x2c0000+0xe0000",
      "otadata end 0x18001 0x1000": "otadata 0xe000+0x12000, app0 0x20000+0x130000",
    }));
  it("at a gap changes one", () =>
    checkDrags(table, "flash=4MB", {
      "app0 end 0x158400 0x1000": "app0 0x10000+0x148000",
      "vfs end 0x390000 0x1000": "vfs 0x2a0000+0xf0000",
    }));
  it("snaps to multiples of the step, from address zero", () =>
    checkDrags(table, "flash=4MB", {
      "nvs end 0xe7ff 0x1000": "",
      "nvs end 0xe800 0x1000": "nvs 0x9000+0x6000, otadata 0xf000+0x1000",
      "vfs end 0x3a1000 0x10000": "",
      "vfs end 0x39d000 0x10000": "",
      "vfs end 0x397fff 0x10000": "vfs 0x2a0000+0xf0000",
      "vfs end 0x397fff 0x1800": "vfs 0x2a0000+0xf8000",
    }));
  it("stops at its limits, whatever the step", () =>
    checkDrags(table, "flash=4MB", {
      "app1 end 0x10000000 0x10000": "app1 0x160000+0x23f000, vfs 0x39f000+0x1000",
      "nvs end 0 0x10000": "nvs 0x9000+0x1000, otadata 0xa000+0x6000",
      "vfs end 0x400000 0x10000": "vfs 0x2a0000+0x160000",
    }));
  it("changes nothing where it is, also out of step", () =>
    checkDrags("a, data, fat, 0x9000, 0x1800", "", {
      "a end 0xa800 0x1000": "",
      "a start 0x9000 0x10000": "",
      "a body 0x9000 0x10000": "",
    }));
  it("a body jumps over its neighbours into the nearest free place", () =>
    checkDrags(
      `
      a, data, fat, 0x9000, 0x4000
      b, data, fat, 0x10000, 0x4000
      c, data, fat, 0x18000, 0x4000
      `,
      "flash=4MB",
      {
        "a body 0xb000 0x1000": "a 0xb000+0x4000",
        "a body 0xd000 0x1000": "a 0xc000+0x4000",
        "a body 0x11000 0x1000": "a 0x14000+0x4000",
        "a body 0x16000 0x1000": "a 0x14000+0x4000",
        "a body 0x30000 0x10000": "a 0x30000+0x4000",
        "a body 0x23000 0x10000": "a 0x20000+0x4000",
        "a body 0xffffffff 0x1000": "a 0x3fc000+0x4000",
        "b body 0 0x1000": "b 0xd000+0x4000",
      },
    ));
  it("an app lies at multiples of 64 KB", () =>
    checkDrags(table, "flash=4MB", {
      "app0 body 0x18000 0x1000": "app0 0x20000+0x140000",
      "app0 body 0x300000 0x1000": "app0 0x20000+0x140000",
    }));
  it("takes apart what overlaps", () =>
    checkDrags("a, data, fat, 0x10000, 0x4000\nb, data, fat, 0x12000, 0x4000", "flash=4MB", {
      "a end 0x12000 0x1000": "a 0x10000+0x2000",
      "a end 0x16000 0x1000": "",
      "b start 0x14000 0x1000": "b 0x14000+0x2000",
      "b body 0x13000 0x1000": "b 0x14000+0x4000",
      "a body 0x11000 0x1000": "a 0xe000+0x4000",
    }));
  it("a body finds no room beside what lies in another", () =>
    checkDrags(
      `
      a, data, fat, 0x10000, 0x10000
      inside, data, fat, 0x12000, 0x1000
      b, data, fat, 0x30000, 0x4000
      `,
      "flash=4MB",
      { "b body 0x19000 0x1000": "b 0x20000+0x4000" },
    ));
  it("of what is not there changes nothing", () =>
    checkDrags(table, "", { "nobody end 0x9000 0x1000": "", "nobody body 0x9000 0x1000": "" }));
});
