import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { LayoutRow } from "../../../core/edit/intent";
import { sharedRanges } from "../../../core/picture/overlaps";
import { ribbonsOf } from "../../../core/picture/ribbons";
import { type Range, type SceneRegion, sceneOf } from "../../../core/picture/scene";
import { endOf } from "../../../core/table/entry";
import { isPrimary } from "../../../core/table/subtypes";
import { hex } from "../../../core/text/units";
import { arduino, diffOfTexts, factsOf, migrated, rowsOf, sceneOfText } from "./pictureOf";
import { layoutRow } from "./rows";

const range = ({ offset, end }: Range): string => `${hex(offset)}-${hex(end)}`;

/** `row-2 app app0 (app, ota_0) 0x10000-0x150000 fill=…`, with what is there and nothing else. */
function shown(region: SceneRegion): string {
  const { key, role, name, kindText, overlaps, beyond, fill, isRunning } = region;
  return [
    `${key} ${role} ${name}${kindText === "" ? "" : ` (${kindText})`}`,
    range({ offset: region.offset, end: endOf(region) }),
    ...(overlaps.length > 0 ? [`overlaps ${overlaps.map(range).join(" ")}`] : []),
    ...(beyond ? [`beyond ${range(beyond)}`] : []),
    ...(fill ? [`${fill.isTarget ? "target" : "slot"} ${fill.used} left ${fill.left}`] : []),
    ...(isRunning ? ["running"] : []),
  ].join(", ");
}

function checkScene(text: string, regions: readonly string[], facts = "flash=4MB", unplaced = ""): void {
  const scene = sceneOfText(text, factsOf(facts));
  expect(scene.regions.map(shown)).toEqual(regions);
  expect(scene.unplaced.map(({ name }) => name).join(" ")).toBe(unplaced);
}

const before = [
  "gap-0x0 gap Reserved, 0x0-0x1000",
  "bootloader bootloader Bootloader, 0x1000-0x8000",
  "partition-table table Partition table, 0x8000-0x9000",
];

describe("the picture of a table", () => {
  it("tells every region, how the binary fills the slots and which one runs", () =>
    checkScene(
      migrated,
      [
        ...before,
        "row-0 nvs nvs (data, nvs), 0x9000-0xe000",
        "row-1 otadata otadata (data, ota), 0xe000-0x10000",
        "row-2 app app0 (app, ota_0), 0x10000-0x150000, slot 1464336 left -153616, running",
        "row-3 app app1 (app, ota_1), 0x150000-0x2d0000, target 1464336 left 108528",
        "row-4 filesystem vfs (data, fat), 0x2d0000-0x3d0000",
        "gap-0x3d0000 gap Unused, 0x3d0000-0x400000",
      ],
      "flash=4MB micropython=1464336",
    ));

  it("calls what has no word by its number, and what cannot be read by an ellipsis", () =>
    checkScene(
      "a, 0x40, 7, 0x9000, 4K\nb, data, 0x77, , 4K\nc, dta, nvs, 0xb000, 4K\n, data, nfs, , 4K",
      [
        ...before,
        "row-0 data a (0x40, 0x7), 0x9000-0xa000",
        "row-1 data b (data, 0x77), 0xa000-0xb000",
        "row-2 unknown c (…), 0xb000-0xc000",
        "row-3 data (no name) (data, …), 0xc000-0xd000",
      ],
      "bootloader=0x1000",
    ));

  it("shows what partitions share with each other and with the table", () =>
    checkScene("a, data, nvs, 0x8000, 0x3000\nb, data, fat, 0xa000, 0x4000\nc, data, fat, 0xb000, 0x1000", [
      ...before.slice(0, 2),
      "partition-table table Partition table, 0x8000-0x9000, overlaps 0x8000-0x9000",
      "row-0 nvs a (data, nvs), 0x8000-0xb000, overlaps 0x8000-0x9000 0xa000-0xb000",
      "row-1 filesystem b (data, fat), 0xa000-0xe000, overlaps 0xa000-0xc000",
      "row-2 filesystem c (data, fat), 0xb000-0xc000, overlaps 0xb000-0xc000",
      "gap-0xe000 gap Unused, 0xe000-0x400000",
    ]));

  it("goes on beyond the end of flash, where nothing can be added", () =>
    checkScene(
      "a, data, fat, 0x9000, 0xf0000\nb, data, fat, 0xff000, 8K\nc, data, fat, 0x102000, 4K\nd, data, fat, 0x104000, 4K",
      [
        ...before,
        "row-0 filesystem a (data, fat), 0x9000-0xf9000",
        "gap-0xf9000 gap Unused, 0xf9000-0xff000",
        "row-1 filesystem b (data, fat), 0xff000-0x101000, beyond 0x100000-0x101000",
        "gap-0x101000 gap Beyond flash, 0x101000-0x102000, beyond 0x101000-0x102000",
        "row-2 filesystem c (data, fat), 0x102000-0x103000, beyond 0x102000-0x103000",
        "gap-0x103000 gap Beyond flash, 0x103000-0x104000, beyond 0x103000-0x104000",
        "row-3 filesystem d (data, fat), 0x104000-0x105000, beyond 0x104000-0x105000",
      ],
      "flash=1MB",
    ));

  it("cuts a gap at the end of flash", () =>
    checkScene(
      "a, data, fat, 0x180000, 4K",
      [
        ...before,
        "gap-0x9000 gap Unused, 0x9000-0x100000",
        "gap-0x100000 gap Beyond flash, 0x100000-0x180000, beyond 0x100000-0x180000",
        "row-0 filesystem a (data, fat), 0x180000-0x181000, beyond 0x180000-0x181000",
      ],
      "flash=1MB",
    ));

  it("loses no row that cannot be drawn", () =>
    checkScene(
      "a, data, fat, , 0\nb, data, fat, , ?\nc, data, fat, , 4K\nd, data, fat, 0xffffffff, 2\ne, data, fat, -4, 8\nf, data, fat, 0x9000, -0x8000\nbl, bootloader, primary\npt, partition_table, primary",
      [...before],
      "table-offset=0x8000",
      "a b c d e f",
    ));

  it("names a partition without a row in the text", () => {
    const [row] = rowsOf("a, data, fat, 0x9000, 4K", factsOf("")) as [LayoutRow];
    const { regions } = sceneOf({ rows: [{ ...row, row: -1 }], options: factsOf("") });
    expect(regions.map(({ key }) => key)).toContain("row-new");
  });

  it("fills only slots that an update can reach", () =>
    expect(
      sceneOfText(
        "a, app, factory, , 1M\nb, app, test, , 1M\nc, app, tee_0, , 1M\nd, app, , , 1M\ne, app, ota_0, , 1M",
        factsOf("micropython=1"),
      )
        .regions.filter(({ fill }) => fill)
        .map(({ name }) => name),
    ).toEqual(["a", "e"]));
});

const scenes = fc
  .record({
    rows: fc.array(layoutRow, { maxLength: 95 }),
    flash: fc.constantFrom("", "flash=1MB", "flash=16MB"),
  })
  .map(({ rows, flash }) => {
    const options = factsOf(flash);
    const numbered = rows.map((read, row) => ({ ...read, row }));
    return { rows: numbered, options, scene: sceneOf({ rows: numbered, options }) };
  });

describe("every picture", () => {
  test("covers the flash without a hole, in order, with unique keys, and no row is lost", () =>
    fc.assert(
      fc.property(scenes, ({ rows, scene: { regions, end, unplaced } }) => {
        let reach = 0;
        for (const region of regions) {
          expect(region.offset).toBeLessThanOrEqual(reach);
          expect(region.size).toBeGreaterThan(0);
          reach = Math.max(reach, endOf(region));
        }
        expect(reach).toBe(end);
        expect(new Set(regions.map(({ key }) => key)).size).toBe(regions.length);
        const drawn = regions.flatMap(({ row }) => (row === undefined ? [] : [row]));
        const all = [...drawn, ...unplaced.map(({ row }) => row)].sort((a, b) => a - b);
        // What the tool places itself are the two fixed regions.
        const own = rows.filter(({ row, type, subtype }) => !isPrimary(type, subtype) || all.includes(row));
        expect(all).toEqual(own.map(({ row }) => row));
      }),
    ));

  test("tells every byte that two regions share in both of them, and no other", () =>
    fc.assert(
      fc.property(scenes, fc.nat(), ({ scene: { regions } }, seed) => {
        const at = regions[seed % regions.length]?.offset ?? 0;
        const here = regions.filter((region) => region.offset <= at && at < endOf(region));
        for (const { overlaps } of here) {
          const isTold = overlaps.some(({ offset, end }) => offset <= at && at < end);
          expect(isTold).toBe(here.length > 1);
        }
      }),
    ));

  test("keeps shared ranges apart", () =>
    fc.assert(
      fc.property(scenes, ({ scene: { regions } }) => {
        let reach = -1;
        for (const { offset, end } of sharedRanges(regions)) {
          expect(offset).toBeGreaterThan(reach);
          expect(end).toBeGreaterThan(offset);
          reach = end;
        }
      }),
    ));
});

test("ribbons lead from each partition before to the same one after", () => {
  const facts = factsOf("flash=4MB");
  const ends = ({ from, to }: { from?: Range; to?: Range }) =>
    [from, to].map((part) => (part ? range(part) : "nothing"));
  const ribbons = ribbonsOf(
    diffOfTexts(arduino, migrated, facts),
    sceneOfText(arduino, facts),
    sceneOfText(migrated, facts),
  );
  expect(ribbons.map((ribbon) => [ribbon.kind, ...ends(ribbon)].join(" "))).toEqual([
    "kept 0x9000-0xe000 0x9000-0xe000",
    "kept 0xe000-0x10000 0xe000-0x10000",
    "kept 0x10000-0x150000 0x10000-0x150000",
    "grown 0x150000-0x290000 0x150000-0x2d0000",
    "erased 0x290000-0x400000 nothing",
    "new nothing 0x2d0000-0x3d0000",
  ]);
});
