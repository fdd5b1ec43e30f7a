import { expect, test } from "vitest";
import { complete } from "../../../core/language/complete";
import { applied, withCursor } from "./cursorText";

function labelsAt(marked: string): string[] {
  const { analysis, offset } = withCursor(marked);
  return complete(analysis, offset).map(({ label }) => label);
}

function checkLabels(marked: string, labels: readonly string[]): void {
  expect(labelsAt(marked)).toEqual(labels);
}

/** Accepts the proposal and compares the whole line. */
function checkAccepted(marked: string, label: string, line: string): void {
  const { analysis, offset, text } = withCursor(marked);
  const chosen = complete(analysis, offset).find((completion) => completion.label === label);
  expect(chosen).toBeDefined();
  const number = text.slice(0, offset).split("\n").length - 1;
  expect(applied(text, chosen ? [chosen.edit] : []).split("\n")[number]).toBe(line);
}

test("types, the common ones first", () => {
  checkLabels("nvs, $0", ["app", "data", "bootloader", "partition_table"]);
  checkLabels("nvs, da$0, nvs, , 24K", ["app", "data", "bootloader", "partition_table"]);
});

test("subtypes are those of the row's type", () => {
  expect(labelsAt("x, data, $0")).toContain("littlefs");
  expect(labelsAt("x, data, $0")).not.toContain("factory");
  checkLabels("x, bootloader, $0", ["primary", "ota", "recovery"]);
  checkLabels("x, 0x40, $0", []);
  checkLabels("x, nonsense, $0", []);
});

test("the next free update slot comes before those in use", () => {
  const labels = labelsAt("ota_0, app, ota_0, , 1M\nota_1, app, $0");
  expect(labels.slice(0, 3)).toEqual(["factory", "test", "ota_1"]);
  expect(labels.at(-1)).toBe("ota_0");
});

test("the next free offset, aligned as the type needs it", () => {
  checkLabels("nvs, data, nvs, $0, 24K", ["0x9000"]);
  checkLabels("nvs, data, nvs, , 24K\nfactory, app, factory, $0, 1M", ["0x10000"]);
  checkLabels("#- table-offset=0x10000\nnvs, data, nvs, $0", ["0x11000"]);
  checkLabels("nvs, data, nvs, , ?\nx, data, fat, $0", []);
});

test("sizes: what the kind needs, what the binary needs, what is left", () => {
  checkLabels("otadata, data, ota, , $0", ["8K"]);
  checkLabels("#- flash=4MB micropython=1464336\nota_0, app, ota_0, 0x10000, $0", ["1472K", "4032K"]);
  checkLabels("ota_0, app, ota_0, 0x10000, 0x180000\nota_1, app, ota_1, , $0", ["0x180000"]);
  checkLabels("a, app, ota_0, 0x10000, $0\nb, data, fat, , 64K\nc, data, fat, 0x100000, 4K", ["896K"]);
  checkLabels("#- flash=4MB\nvfs, data, fat, 0x300000, $0", ["1M"]);
});

test("flags that the row does not have yet", () => {
  checkLabels("x, data, fat, , 4K, $0", ["encrypted", "readonly"]);
  checkLabels("x, data, fat, , 4K, encrypted:$0", ["readonly"]);
});

test("an empty line gets whole rows, of partitions that are missing", () => {
  checkLabels("$0", ["nvs", "otadata", "phy_init", "factory", "ota_0"]);
  checkLabels("#- flash=4MB\nnvs, data, nvs, 0x9000, 0x6000\n$0\n", [
    "otadata",
    "phy_init",
    "factory",
    "ota_0",
    "vfs",
  ]);
  checkLabels("nv$0", ["nvs", "otadata", "phy_init", "factory", "ota_0"]);
});

test("no proposals in comments, behind the last column, for names", () => {
  checkLabels("# nvs, $0", []);
  checkLabels("x, data, fat, , 4K, , $0", []);
  checkLabels("n$0vs, data, nvs, , 24K", []);
});

test("accepting replaces the value and nothing else", () => {
  checkAccepted("nvs, da$0ta, nvs, , 24K", "app", "nvs, app, nvs, , 24K");
  checkAccepted("nvs,$0, nvs, , 24K", "data", "nvs,data, nvs, , 24K");
  checkAccepted("nvs, data, nvs, $0 0x9000, 24K", "0x9000", "nvs, data, nvs, 0x9000, 24K");
  checkAccepted("x, data, fat, , 4K, enc$0:readonly", "encrypted", "x, data, fat, , 4K, encrypted:readonly");
  checkAccepted("x, data, fat, , 4K, encrypted:$0", "readonly", "x, data, fat, , 4K, encrypted:readonly");
});

test("an accepted row spells offsets and sizes as the others do", () => {
  const hexRows = "#- flash=4MB\nnvs, data, nvs, 0x9000, 0x6000\n$0";
  checkAccepted(hexRows, "vfs", "vfs, data, fat, 0xf000, 0x3f1000,");
  checkAccepted("nvs, data, nvs, , 24K\no$0", "otadata", "otadata, data, ota, , 8K,");
});
