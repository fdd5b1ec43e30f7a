import { describe, expect, it } from "vitest";
import { applyIntent } from "../../../core/edit/apply";
import { fillRest, fitToBinary } from "../../../core/edit/fit";
import { newPartition } from "../../../core/edit/newPartition";
import type { Wanted } from "../../../core/edit/outcome";
import { hex } from "../../../core/text/units";
import { tableOfRows } from "../../support/tables";
import { factsOf, rowsOf } from "./editing";

const table = `
nvs,     data, nvs,    0x9000,   0x5000
otadata, data, ota,    ,         0x2000
app0,    app,  ota_0,  0x10000,  0x140000
app1,    app,  ota_1,  0x160000, 0x140000
vfs,     data, fat,    0x2a0000, 0x100000
`;

/** The places that are asked for, or the sentence; what is asked for is also done. */
function check(
  text: string,
  facts: string,
  ask: (rows: ReturnType<typeof rowsOf>) => Wanted,
  expected: string,
) {
  const known = factsOf(facts);
  const rows = rowsOf(text, known);
  const wanted = ask(rows);
  if (!wanted.ok || wanted.intent.kind !== "place")
    return expect(wanted).toEqual({ ok: false, message: expected });
  expect(applyIntent(rows, wanted.intent, known).ok).toBe(true);
  const places = wanted.intent.places.map(
    ({ row, offset, size }) => `${rows[row]?.name} ${hex(offset)}+${hex(size)}`,
  );
  expect(places.join(", ")).toBe(expected);
}

const rowOf = (rows: ReturnType<typeof rowsOf>, name: string): number =>
  rows.findIndex((row) => row.name === name);

describe("filling the rest", () => {
  const checkFill = (name: string, expected: string, facts = "flash=4MB", text = table) =>
    check(text, facts, (rows) => fillRest(rows, factsOf(facts), rowOf(rows, name)), expected);

  it("up to the end of flash", () => checkFill("vfs", "vfs 0x2a0000+0x160000"));
  it("up to the next partition", () => checkFill("app0", "app0 0x10000+0x150000"));
  it("of an app, in whole sectors", () =>
    checkFill("a", "a 0x10000+0x2000", "", "a, app, ota_0, 0x10000, 0x1000\nb, data, fat, 0x12800, 0x1000"));
  it("of an app, in whole pages with Secure Boot V1", () =>
    checkFill(
      "a",
      "a 0x10000+0x20000",
      "secure=v1",
      "a, app, ota_0, 0x10000, 0x10000\nb, data, fat, 0x38000, 0x1000",
    ));
  it("of an app, as far as the bootloader can load", () =>
    checkFill("a", "a 0x10000+0x1000000", "flash=32MB", "a, app, ota_0, 0x10000, 1M"));

  it("is refused where the next one follows", () =>
    checkFill("app1", "'app1' cannot grow: 'vfs' begins at 0x2a0000. Make room there first."));
  it("is refused at the end of flash", () =>
    checkFill(
      "a",
      "'a' cannot grow: it reaches to the end of flash.",
      "flash=1MB",
      "a, data, fat, 0x10000, -1M",
    ));
  it("is refused while nobody knows the end of flash", () =>
    checkFill(
      "vfs",
      "Nobody says where the flash ends, so 'vfs' cannot grow up to there. State the device's flashSize in crossflash.json.",
      "",
    ));
  it("is refused of the largest app", () =>
    checkFill(
      "a",
      "'a' cannot grow: the bootloader loads no app of more than 16 MB.",
      "flash=32MB",
      "a, app, ota_0, 0x10000, 16M",
    ));
  it("is refused of a row that is not there", () =>
    checkFill("nobody", "There is no row 0 in the table any more."));
  it("is refused of a row without a size", () =>
    checkFill(
      "a",
      "'a' has no size yet. Complete its row in the text first.",
      "flash=4MB",
      "a, data, fat, 0x10000, 0",
    ));
});

describe("fitting to the binary", () => {
  const checkFit = (
    name: string,
    appSize: number,
    margin: number,
    expected: string,
    facts = "flash=4MB",
    text = table,
  ) =>
    check(
      text,
      facts,
      (rows) => fitToBinary(rows, factsOf(facts), rowOf(rows, name), appSize, margin),
      expected,
    );

  it("takes what is free behind", () => checkFit("app0", 1_350_000, 0, "app0 0x10000+0x150000"));
  it("takes from the data partition behind", () =>
    checkFit("app1", 1_464_336, 10, "app1 0x160000+0x190000, vfs 0x2f0000+0xb0000"));
  it("takes what is free and from the data partition behind that", () =>
    checkFit(
      "a",
      0x30000,
      0,
      "a 0x10000+0x30000, b 0x40000+0x18000",
      "",
      "a, app, ota_0, 0x10000, 0x10000\nb, data, fat, 0x28000, 0x30000",
    ));
  it("gives back what is too much", () => checkFit("app0", 900_000, 5, "app0 0x10000+0xf0000"));
  it("gives back what it can, where even that is beyond the end of flash", () =>
    checkFit("a", 0x140000, 0, "a 0x10000+0x140000", "flash=1MB", "a, app, ota_0, 0x10000, 2M"));
  it("needs no end of flash behind the last one", () =>
    checkFit("a", 0x20001, 0, "a 0x10000+0x30000", "", "a, app, ota_0, 0x10000, 0x10000"));

  it("leaves a data partition 64 KB", () => {
    const text = "a, app, ota_0, 0x10000, 0x10000\nb, data, fat, , 0x30000";
    checkFit("a", 0x30000, 0, "a 0x10000+0x30000, b 0x40000+0x10000", "", text);
    checkFit(
      "a",
      0x30001,
      0,
      "'a' would need 256 KB for the binary: 0x10000 bytes (64 KB) are missing behind it. Make room there first, or take a smaller margin.",
      "",
      text,
    );
  });
  it("takes nothing from an app", () =>
    checkFit(
      "app0",
      1_464_336,
      10,
      "'app0' would need 1.56 MB for the binary and 10 % more: 0x40000 bytes (256 KB) are missing behind it. Make room there first, or take a smaller margin.",
    ));
  it("takes nothing from flash that is not there", () =>
    checkFit(
      "a",
      0x100001,
      0,
      "'a' would need 1.06 MB for the binary: 0x20000 bytes (128 KB) are missing behind it. Make room there first, or take a smaller margin.",
      "flash=1MB",
      "a, app, ota_0, 0x10000, 0x10000",
    ));
  it("says where nothing is to be done", () =>
    checkFit("app0", 0x140000, 0, "'app0' has 1.25 MB for the binary already."));
  it("is refused of what the bootloader cannot load", () =>
    checkFit(
      "app1",
      0x1000001,
      0,
      "'app1' would need 16.1 MB for the binary. The bootloader loads no app of more than 16 MB.",
    ));
  it("is refused of what is no slot", () =>
    checkFit("vfs", 1000, 0, "'vfs' is not an app slot, so no binary is installed into it."));
});

describe("what may be added into a gap", () => {
  const checkGap = (
    text: string,
    facts: string,
    offset: number,
    end: number,
    expected: readonly string[],
  ) => {
    const known = factsOf(facts);
    const rows = rowsOf(text, known);
    const offers = newPartition(rows, known, { offset, size: end - offset });
    for (const { intent } of offers) expect(applyIntent(rows, intent, known).ok, intent.name).toBe(true);
    expect(
      offers.map(
        ({ title, intent: { name, type, subtype, offset: at, size } }) =>
          `${title}: ${name} ${type} ${subtype} ${hex(at)}+${hex(size)}`,
      ),
    ).toEqual(expected);
  };

  it("a filesystem, data, a slot: each fills it", () =>
    checkGap("nvs, data, nvs, 0x9000, 0x6000\napp0, app, ota_0, 0x10000, 1M", "", 0x118800, 0x400000, [
      "Add MicroPython's filesystem 'vfs': vfs data fat 0x119000+0x2e7000",
      "Add data partition 'storage': storage data spiffs 0x119000+0x2e7000",
      "Add app slot 'ota_1': ota_1 app ota_1 0x120000+0x2e0000",
    ]));
  it("under free names, and the lowest slot that is free", () =>
    checkGap(
      "vfs, data, fat, 0x9000, 0x1000\nstorage, data, fat, , 0x1000\nota_0, app, factory, 0x10000, 1M\nx, app, ota_1, , 1M",
      "",
      0x210000,
      0x220000,
      [
        "Add data partition 'storage_2': storage_2 data spiffs 0x210000+0x10000",
        "Add app slot 'ota_0_2': ota_0_2 app ota_0 0x210000+0x10000",
      ],
    ));
  it("what is too small for a slot or a filesystem", () =>
    checkGap("", "", 0x9000, 0xa000, ["Add data partition 'storage': storage data spiffs 0x9000+0x1000"]));
  it("no slot of less than 64 KB once it is aligned", () =>
    checkGap("vfs, data, fat, 0x9000, 0x2000", "", 0xb000, 0x1f000, [
      "Add data partition 'storage': storage data spiffs 0xb000+0x14000",
    ]));
  it("pages with Secure Boot V1", () =>
    checkGap("vfs, data, fat, 0x9000, 0x2000", "secure=v1", 0xb000, 0x2f000, [
      "Add data partition 'storage': storage data spiffs 0xb000+0x24000",
      "Add app slot 'ota_0': ota_0 app ota_0 0x10000+0x10000",
    ]));
  it("nothing before the partition table", () => checkGap("", "", 0, 0x8000, []));
  it("nothing into less than a sector", () => checkGap("", "", 0x9001, 0xa000, []));
  it("nothing into a full table", () => checkGap(tableOfRows(94), "", 0xf00000, 0x1000000, []));
  it("no seventeenth slot", () =>
    checkGap(
      `vfs, data, fat, 0x9000, 0x2000\n${Array.from({ length: 16 }, (_, slot) => `ota_${slot}, app, ota_${slot}, , 64K`).join("\n")}`,
      "",
      0x200000,
      0x300000,
      ["Add data partition 'storage': storage data spiffs 0x200000+0x100000"],
    ));
});
