import { describe, expect, it } from "vitest";
import { consequencesOf } from "../../../core/job/consequences";
import { entriesOf, present, SOURCE } from "./boards";

const NOWHERE = { address: 0x3ff000, size: 0x1000 };
const before = SOURCE.replace("0x170000", "0x100000");

/** What is said of the partition when the table becomes `after` and one range is erased. */
const said = (name: string, after: string | undefined, erased = NOWHERE): string | undefined => {
  const rows = after === undefined ? undefined : entriesOf(after);
  const { lost, kept } = consequencesOf([erased], present(before), rows);
  expect(lost.length + kept.length).toBe(5);
  return [...lost, ...kept].find((sentence) => sentence.includes(`'${name}'`));
};

describe("what becomes of a partition", () => {
  it.each<[string, string, string | undefined, string]>([
    ["under the same table", "spiffs", before, "is kept"],
    ["under no new table", "spiffs", undefined, "is kept"],
    ["under another name", "nvs", before.replace("nvs,  ", "store,"), "is kept"],
    ["that moves", "nvs", before.replace("0x9000,   0x5000", "0xa000,   0x4000"), "nothing finds"],
    [
      "that becomes another kind of data",
      "spiffs",
      before.replace("data, spiffs", "data, fat   "),
      "nothing finds",
    ],
    ["that becomes an app", "spiffs", before.replace("data, spiffs", "app,  ota_2 "), "nothing finds"],
    ["that was an app and is data", "app1", before.replace("app,  ota_1", "data, 0x11 "), "nothing finds"],
    ["that becomes another slot", "app1", before.replace("ota_1", "test "), "is kept"],
    [
      "of files that grows",
      "spiffs",
      before.replace("0x100000", "0x110000"),
      "becomes 1.06 MB large: its files may be lost",
    ],
    ["of files that shrinks", "spiffs", before.replace("0x100000", "0x80000"), "becomes 512 KB large"],
    [
      "of settings that shrinks",
      "nvs",
      before.replace("0x5000", "0x4000"),
      "shrinks to 16 KB: what it holds may be lost",
    ],
    ["of settings that grows", "nvs", before.replace("0x9000,   0x5000", "0x9000,   0x6000"), "is kept"],
    ["of an app that shrinks", "app1", before.replace("0x150000, 0x140000", "0x150000, 0x100000"), "is kept"],
  ])("%s: %s", (_, name, after, words) => expect(said(name, after)).toContain(words));

  it.each([
    ["nvs", "The settings in 'nvs'"],
    ["otadata", "is rewritten"],
    ["app0", "The app in 'app0'"],
    ["spiffs", "The files in 'spiffs'"],
  ])("%s that is erased, by a sector at its end alone: %s", (name, words) => {
    const { offset = 0, size = 0 } = entriesOf(before).find((entry) => entry.name === name) ?? {};
    expect(said(name, before, { address: offset + size - 0x1000, size: 0x1000 })).toContain(words);
    expect(said(name, before, { address: offset + size, size: 0x1000 })).toContain("is kept");
  });

  it("of no particular kind", () => {
    const odd = present("cal, data, phy, 0x9000, 0x1000,\nodd, 0x40, 1, 0xa000, 0x1000,");
    const erased = { address: 0x9000, size: 0x2000 };
    expect(consequencesOf([erased], odd, undefined)).toEqual({
      lost: ["What 'cal' (4 KB at 0x9000) holds is lost.", "What 'odd' (4 KB at 0xa000) holds is lost."],
      kept: [],
    });
  });

  it.each<[row: string, lost: string]>([
    [
      "nvs, data, nvs, 0x9000, 0x4000",
      "The settings in 'nvs' (16 KB at 0x9000) are lost, and with them the stored Wi-Fi credentials.",
    ],
    ["cal, data, nvs, 0x9000, 0x4000", "The settings in 'cal' (16 KB at 0x9000) are lost."],
    [
      "keys, data, nvs_keys, 0x9000, 0x1000",
      "The keys in 'keys' (4 KB at 0x9000) are lost, and without them an encrypted NVS cannot be read.",
    ],
  ])("of settings or keys: %s", (row, lost) => {
    const erased = { address: 0x9000, size: 0x1000 };
    expect(consequencesOf([erased], present(row), undefined).lost).toEqual([lost]);
  });
});
