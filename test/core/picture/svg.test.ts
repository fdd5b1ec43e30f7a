import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { pictureSvg } from "../../../core/picture/svg";
import { BOLD, cutToWidth, textWidth, wrapped } from "../../../core/picture/svg/typeset";
import { tableOfRows } from "../../support/tables";
import { checkWellFormed } from "../../support/wellFormed";
import { arduino, factsOf, migrated, pictureOf } from "./pictureOf";
import { anyName } from "./rows";

const facts = factsOf("flash=4MB micropython=1464336");

function checkTexts(svg: string, texts: readonly string[]): void {
  const found = checkWellFormed(svg).texts;
  for (const text of texts) expect(found).toContain(text);
}

describe("the SVG of a migration", () => {
  const svg = pictureSvg(pictureOf(migrated, arduino, facts));

  it("says what becomes of every partition", () =>
    checkTexts(svg, [
      "partitions.csv",
      "4 MB of flash, MicroPython v1.20.0 (1.4 MB)",
      "app, ota_1",
      "0x150000",
      "0x2d0000",
      "1.5 MB",
      "93.1 % full, 106 KB free",
      "150 KB too small",
      "grown by 256 KB",
      "receives MicroPython",
      "runs the repartitioner",
      "erased",
      "new",
      "Source",
      "Target",
    ]));

  it("stands by itself: nothing runs, nothing is fetched", () => {
    const { elements } = checkWellFormed(svg);
    expect([...new Set(elements)].sort()).toEqual([
      "defs",
      "desc",
      "g",
      "path",
      "pattern",
      "rect",
      "svg",
      "text",
      "title",
    ]);
    expect(svg.match(/https?:[^"]*|url\([^#]|\bon\w+=|style=|href=/g)).toEqual([
      "http://www.w3.org/2000/svg",
    ]);
  });

  it("tells screen readers what it shows", () => {
    expect(svg).toContain('role="img" aria-labelledby="title description"');
    const [title, description] = checkWellFormed(svg).texts;
    expect(title).toBe("partitions.csv");
    expect(description).toContain("app1 grows by 256 KB and is replaced by MicroPython.");
    expect(description).toContain("vfs: 0x2d0000 to 0x3d0000, 1 MB.");
  });
});

describe("the SVG of a single table", () => {
  it("tells overlaps and what lies beyond the end of flash", () =>
    checkTexts(
      pictureSvg(
        pictureOf(
          "a, app, ota_0, 0x10000, 1M\nb, app, ota_1, 0x100000, 1M\nc, data, fat, 3M, 2M",
          undefined,
          facts,
        ),
      ),
      [
        "overlaps by 64 KB",
        "1 MB beyond the end of flash",
        "end of flash, 4 MB",
        "Overlap",
        "406 KB too small",
      ],
    ));

  it("names what cannot be drawn", () =>
    checkTexts(pictureSvg(pictureOf("a, data, fat, , ?\n, data, fat, , 4K")), [
      "Without a place or a size, and so not drawn: a and (no name).",
    ]));

  it("of a full table has every partition", () => {
    const { texts } = checkWellFormed(pictureSvg(pictureOf(tableOfRows(95), arduino, factsOf("flash=16MB"))));
    for (let part = 0; part < 90; part++) expect(texts).toContain(`part_${part}`);
  });

  it("of an empty one is a picture all the same", () =>
    checkTexts(pictureSvg(pictureOf("", undefined, factsOf(""))), [
      "Flash of unknown size",
      "Partition table",
    ]));
});

test("no name is markup", () =>
  fc.assert(
    fc.property(anyName, anyName, (name, title) => {
      const { scene, comparison } = pictureOf(migrated, arduino, facts);
      const named = { ...scene, regions: scene.regions.map((region) => ({ ...region, name })) };
      const plain = checkWellFormed(pictureSvg({ scene, comparison, title: "x" }));
      const found = checkWellFormed(pictureSvg({ scene: named, comparison, title }));
      // Names that fit the strip are written there too, and an empty one has no characters.
      expect(new Set(found.elements)).toEqual(new Set(plain.elements));
    }),
  ));

describe("text of unknown width", () => {
  const anyText = fc.string({ unit: "grapheme", maxLength: 60 });

  test("is cut to what fits, and only where it must", () =>
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 400 }), (text, width) => {
        const cut = cutToWidth(text, 12 * BOLD, width);
        expect(textWidth(cut, 12 * BOLD)).toBeLessThanOrEqual(width);
        if (textWidth(text, 12 * BOLD) <= width) expect(cut).toBe(text);
        else if (cut !== "") expect(text.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    ));

  test("is broken between words", () => {
    const width = textWidth("aaa bbb", 12);
    expect(wrapped("aaa bbb cc d  eeee", 12, width)).toEqual(["aaa bbb", "cc d", "eeee"]);
    expect(wrapped("", 12, width)).toEqual([]);
  });
});
