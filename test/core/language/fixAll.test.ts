import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../../core/analyse";
import { noFacts } from "../../../core/facts";
import { fixAll } from "../../../core/language/fixAll";
import { fixesAt } from "../../../core/language/fixes";
import { changesBetween } from "../../../core/text/changes";
import { parseFixture } from "../../support/fixture";
import { applied, withCursor } from "./cursorText";

function checkFixAll(source: string, expected: string): void {
  const { text, facts } = parseFixture(source);
  expect(applied(text, fixAll(text, facts))).toBe(expected);
}

test("everything that is only spelled wrong, at once", () => {
  checkFixAll(
    "Name, Type, SubType, Offset, Size\nnvs; data; nvs; 0x9000; 24K\nfactory, App, factori, , 1.5M\nvfs, data, littlefz, , 64K # keep\n",
    "# Name, Type, SubType, Offset, Size\nnvs, data, nvs, 0x9000, 24K\nfactory, App, factory, , 1536K\n# keep\nvfs, data, littlefs, , 64K\n",
  );
});

test("no offset, size or name is decided without the user", () => {
  const wrong =
    "otadata, data, ota, 0x9000, 0x1000\nfactory, app, factory, 0x12345, 1M\na_name_of_more_than_16, data, fat, , 64K\n";
  expect(fixAll(wrong, noFacts)).toEqual([]);
});

test("a misspelling is mended although the row then shows another mistake", () => {
  checkFixAll(
    "app0, app, factory, 0x10000, 1.5MB\nx, data, nvs, , 4K\n",
    "app0, app, factory, 0x10000, 1536K\nx, data, nvs, , 4K\n",
  );
});

test("a sound table stays as it is", () => {
  const sound = "nvs, data, nvs, , 24K\nfactory, app, factory, , 1M\n";
  expect(fixAll(sound, noFacts)).toEqual([]);
});

test("no partition is removed", () => {
  const twoOtadata = "a, data, ota, 0x9000, 0x2000\nb, data, ota, 0xb000, 0x2000\n";
  expect(applied(twoOtadata, fixAll(twoOtadata, noFacts)).split("\n")).toHaveLength(3);
});

test("the fixes at a place, the best first", () => {
  const { analysis, offset } = withCursor("nvs, data, nvs, 0x9000, 0x10$000\nx, data, ota, , 4K");
  const offered = fixesAt(analysis.problems, { start: offset, end: offset });
  expect(offered.map(({ fix, isPreferred }) => [fix.title, isPreferred])).toEqual([
    ["Make 'nvs' 0x3000 bytes", true],
    ["Flag 'nvs' as readonly", false],
  ]);
});

test("changes lead from one text to the other", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "\n", "\r\n", "😀", "😁"), { maxLength: 20 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(applied(before, changesBetween(before, after))).toBe(after);
    }),
  );
});

test("changes are small and never split a character", () => {
  expect(changesBetween("a😀b\nc", "a😁b\nc")).toEqual([{ span: { start: 1, end: 3 }, newText: "😁" }]);
});

const row = fc
  .tuple(
    fc.constantFrom("nvs", "otadata", "ota_0", "vfs", "a_name_that_is_too_long"),
    fc.constantFrom("data", "app", "dat", ""),
    fc.constantFrom("nvs", "ota", "ota_0", "fat", "otadata", ""),
    fc.constantFrom("", "0x9000", "0x10000", "0x12345", "0x200000", "x"),
    fc.constantFrom("4K", "0x2000", "0x1234", "1M", "", "-4M", "9M"),
    fc.constantFrom("", "readonly", "Encrypted"),
  )
  .map((cells) => cells.join(", "));

test("fixing all keeps every partition, and twice is as good as once", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const text = rows.join("\n");
      const facts = { ...noFacts, flashSize: 0x400000 };
      const partitions = (csv: string): number => analyse(csv, facts).csv.rows.length;
      const fixed = applied(text, fixAll(text, facts));
      expect(partitions(fixed)).toBe(partitions(text));
      expect(fixAll(fixed, facts)).toEqual([]);
    }),
    { numRuns: 200 },
  );
}, 30_000);
