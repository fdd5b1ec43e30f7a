import fc from "fast-check";
import { expect, test } from "vitest";
import { pictureMarkdown } from "../../../core/picture/markdown";
import { arduino, factsOf, migrated, pictureOf } from "./pictureOf";
import { anyName } from "./rows";

const facts = factsOf("flash=4MB micropython=1464336");

test("a migration as Markdown", () =>
  expect(pictureMarkdown(pictureOf(migrated, arduino, facts))).toBe(`\
**partitions.csv**: 4 MB of flash, MicroPython v1.20.0 (1.4 MB)

nvs, otadata and app0 are kept (1.28 MB). app1 grows by 256 KB and is replaced by MicroPython. spiffs is erased (1.44 MB lost). vfs is new. In all: 1.28 MB kept, 2.69 MB lost.

| Name | Type | Offset | End | Size | MicroPython | Notes |
| --- | --- | ---: | ---: | ---: | --- | --- |
| Reserved |  | 0x0 | 0x1000 | 4 KB |  |  |
| Bootloader |  | 0x1000 | 0x8000 | 28 KB |  |  |
| Partition table |  | 0x8000 | 0x9000 | 4 KB |  |  |
| nvs | data, nvs | 0x9000 | 0xe000 | 20 KB |  | kept |
| otadata | data, ota | 0xe000 | 0x10000 | 8 KB |  | kept |
| app0 | app, ota_0 | 0x10000 | 0x150000 | 1.25 MB | 150 KB too small | kept, runs the repartitioner |
| app1 | app, ota_1 | 0x150000 | 0x2d0000 | 1.5 MB | 93.1 % full, 106 KB free | grown by 256 KB, receives MicroPython |
| vfs | data, fat | 0x2d0000 | 0x3d0000 | 1 MB |  | new |
| Unused |  | 0x3d0000 | 0x400000 | 192 KB |  |  |
| spiffs | data, spiffs | 0x290000 | 0x400000 | 1.44 MB |  | erased |
`));

test.each([
  ["ota_0", "ota_0"],
  ["_x_", String.raw`\_x\_`],
  ["a|b", String.raw`a\|b`],
  ["`c`", String.raw`\`c\``],
  ["<b>", String.raw`\<b\>`],
  ["[x](y)", String.raw`\[x\](y)`],
  ["**x**", String.raw`\*\*x\*\*`],
  ["a\\", "a\\\\"],
  ["a\nb", "a\ufffdb"],
  ["# x", String.raw`\# x`],
  ["1. x", String.raw`1\. x`],
  ["1.5", "1.5"],
  ["https://evil.example/x", "https:&#8203;//evil.example/x"],
  ["ftp://a.b", "ftp:&#8203;//a.b"],
  ["www.evil.example", "www&#8203;.evil.example"],
  ["WWW.evil.example", "WWW&#8203;.evil.example"],
  ["@octocat", "@&#8203;octocat"],
  ["me@evil.example", "me@&#8203;evil.example"],
  ["GH-12", "GH-&#8203;12"],
  ["gh-1", "gh-&#8203;1"],
  ["#12", String.raw`\#&#8203;12`],
  ["a/b#12", "a/b#&#8203;12"],
  [":x::+1:", String.raw`\:&#8203;x::&#8203;+1:`],
  ["data: a", "data: a"],
  ["ota-1", "ota-1"],
  ["&#8203;", String.raw`\&#&#8203;8203;`],
])("the name %j is written as %j", (name, written) => {
  const { scene } = pictureOf("x, data, fat, 0x9000, 4K");
  const regions = scene.regions.map((region) => ({ ...region, name }));
  expect(pictureMarkdown({ title: "t", scene: { ...scene, regions } })).toContain(
    `\n| ${written} | data, fat |`,
  );
});

test("every row has the same number of cells, whatever the names are", () =>
  fc.assert(
    fc.property(anyName, anyName, fc.boolean(), (name, title, isCompared) => {
      const { scene, comparison } = pictureOf(migrated, isCompared ? arduino : undefined, facts);
      const regions = scene.regions.map((region) => ({ ...region, name }));
      const lines = pictureMarkdown({ scene: { ...scene, regions }, comparison, title }).split("\n");
      const table = lines.filter((line) => line.startsWith("| "));
      expect(table).toHaveLength(regions.length + (isCompared ? 3 : 2));
      for (const line of table) expect(line.replace(/\\./g, "").match(/\|/g)).toHaveLength(8);
    }),
  ));
