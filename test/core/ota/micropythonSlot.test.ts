import { describe, expect, it } from "vitest";
import { noFacts } from "../../../core/facts";
import { isAtLeast } from "../../../core/ota/micropythonRelease";
import { micropythonSlot } from "../../../core/ota/micropythonSlot";
import { bootableRows } from "../../../core/ota/slots";
import { parseCsv } from "../../../core/table/csv";
import { readTable } from "../../../core/table/table";
import { parseFacts } from "../../support/parseFixture";

const tableOf = (...subtypes: string[]) =>
  readTable(parseCsv(subtypes.map((subtype, i) => `${i}, app, ${subtype}, , 64K`).join("\n")), noFacts);
const wordOf = (subtypes: readonly string[], name: string | undefined): string | undefined =>
  name === undefined ? undefined : subtypes[Number(name)];

describe("the slot that will hold MicroPython", () => {
  it.each([
    [["ota_0", "ota_1"], "ota_1"],
    [["ota_1", "ota_0"], "ota_1"],
    [["factory", "ota_0", "ota_1", "ota_2"], "ota_1"],
    [["factory", "ota_0"], "ota_0"],
    [["ota_0", "ota_3"], "ota_3"],
    [["factory", "test"], "factory"],
    [["test"], undefined],
    [[], undefined],
  ] as const)("of %j is %s", (subtypes, slot) => {
    expect(wordOf(subtypes, micropythonSlot(tableOf(...subtypes))?.name)).toBe(slot);
  });
});

describe("what the bootloader can start", () => {
  it.each([
    [
      ["ota_0", "ota_1"],
      ["ota_0", "ota_1"],
    ],
    [["ota_1"], []],
    [["ota_1", "ota_2"], ["ota_1"]],
    [
      ["factory", "ota_1", "test"],
      ["factory", "test"],
    ],
    [["tee_0", "0x21"], []],
  ] as const)("of %j is %j", (subtypes, bootable) => {
    const names = bootableRows(tableOf(...subtypes)).map(({ name }) => wordOf(subtypes, name));
    expect(names).toEqual(bootable);
  });
});

describe("releases", () => {
  it.each([
    ["v1.26.0", true],
    ["v1.27.0", true],
    ["v2.0", true],
    ["v1.26", true],
    ["v1.25.9", false],
    ["", undefined],
  ] as const)("%s is at least v1.26: %s", (release, expected) => {
    const { micropython } = parseFacts(`micropython=1:${release}`);
    expect(micropython && isAtLeast(micropython, [1, 26])).toBe(expected);
  });
});
