import { describe, expect, it } from "vitest";
import type { PartitionEntry } from "../../../core/table/entry";
import { defaultTableOptions } from "../../../core/table/options";
import { computedPlaces, lostInCsv } from "../../../core/table/readsBack";

const entry = (name: string, more: Partial<PartitionEntry> = {}): PartitionEntry => ({
  name,
  type: 1,
  subtype: 2,
  offset: 0x9000,
  size: 0x5000,
  encrypted: false,
  readonly: false,
  ...more,
});

describe("a name that does not survive in a CSV", () => {
  const lost = {
    "a comment": "#nvs",
    "a field more": "a,b",
    "a blank before": " nvs",
    "a blank behind": "nvs\u00a0",
    "a line end": "a\nb",
    "a line end of Python": "a\x1cb",
    "a line end behind": "nvs\r",
    "a variable": "$HOME",
    "a variable inside": "a$B",
    "a variable in braces": "${a b}",
  };
  for (const [what, name] of Object.entries(lost))
    it(what, () => expect(lostInCsv([entry("nvs"), entry(name), entry("x")])).toEqual([name]));

  it("is one of few", () => {
    const names = ["", "nvs", "a#b", "a b", "$", "$ a", "a$", "${", '"a"', "ä日🙂", "\u001b[2J"];
    expect(lostInCsv(names.map((name) => entry(name)))).toEqual([]);
  });
});

describe("a row whose place the tool computes", () => {
  const bootloader = entry("boot", { type: 2, subtype: 0, offset: 0x1000, size: 0x7000 });
  const table = entry("table", { type: 3, subtype: 0, offset: 0x8000, size: 0x1000 });

  it("survives where the tool computes the same", () => {
    expect(lostInCsv([bootloader, table])).toEqual([]);
    const options = { ...defaultTableOptions, primaryBootloaderOffset: 0x2000 };
    expect(lostInCsv([bootloader, table], options)).toEqual(["boot"]);
  });

  it("is lost where it computes another", () => {
    expect(lostInCsv([{ ...bootloader, size: 0x6000 }])).toEqual(["boot"]);
    expect(lostInCsv([{ ...table, size: 0x2000 }])).toEqual(["table"]);
    expect(lostInCsv([{ ...table, offset: 0xc000 }], defaultTableOptions)).toEqual(["table"]);
  });

  it("tells where it lies, where nothing else does", () => {
    expect(computedPlaces([bootloader])).toEqual({ primaryBootloaderOffset: 0x1000 });
    expect(computedPlaces([{ ...table, offset: 0xc000 }])).toEqual({ tableOffset: 0xc000 });
  });
});

it("every type, subtype, place, size and flag survives", () => {
  const numbers = Array.from({ length: 256 }, (_, number) => number);
  const entries = [0, 1, 4, 0x40, 0xff].flatMap((type) =>
    numbers.map((subtype) => {
      const [encrypted, readonly] = [subtype % 2 === 1, subtype % 3 === 1];
      return entry("x", {
        type,
        subtype,
        offset: subtype * 0x1001,
        size: subtype * 0x801,
        encrypted,
        readonly,
      });
    }),
  );
  expect(lostInCsv(entries)).toEqual([]);
});
