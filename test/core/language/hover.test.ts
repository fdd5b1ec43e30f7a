import { expect, test } from "vitest";
import { hover } from "../../../core/language/hover";
import { withCursor } from "./cursorText";

function checkHover(
  marked: string,
  expected: { title?: string; text?: string; facts?: readonly string[] } | undefined,
) {
  const { analysis, offset } = withCursor(marked);
  const found = hover(analysis, offset);
  const facts = found?.facts.map(([label, value]) => `${label}: ${value}`);
  expect(found && { title: found.title, text: found.text, facts }).toEqual(expected);
}

test("a partition as it will lie in flash, and how the binary fills it", () => {
  checkHover("#- flash=4MB micropython=1464336\not$0a_0, app, ota_0, , 0x180000", {
    title: "ota_0, app, ota_0",
    text: "",
    facts: [
      "Offset: 0x10000 (computed)",
      "End: 0x190000",
      "Size: 0x180000, 1.5 MB (1,572,864 bytes)",
      "Share of flash: 37.5 % of 4 MB",
      "MicroPython v1.20.0: 1.4 MB (1,464,336 bytes), fills 93.1 %, 106 KB free",
    ],
  });
});

test("a word is explained, with the release that brought it", () => {
  checkHover("x, data, little$0fs, 0x9000, 4K", {
    title: "littlefs = 0x83",
    text: "A LittleFS filesystem. Known to ESP-IDF v5.2 and newer.",
    facts: ["Offset: 0x9000", "End: 0xa000", "Size: 0x1000, 4 KB (4,096 bytes)"],
  });
});

test("a number is explained as the word that it means", () => {
  checkHover("x, 1, 0x8$01, 0x9000, ?", {
    title: "fat = 0x81",
    text: "A FAT filesystem. MicroPython's `vfs` partition has this subtype too.",
    facts: [],
  });
});

test("nothing to say about comments, blank lines and rows without a place", () => {
  checkHover("# com$0ment", undefined);
  checkHover("$0", undefined);
  checkHover("x$0, data, fat, , ?", undefined);
});
