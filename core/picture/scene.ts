import { type EditOptions, type LayoutRow, NEW_ROW } from "../edit/intent";
import type { TableDiff } from "../migrate/diff";
import { endOf, type PlacedEntry } from "../table/entry";
import { type FlashRegion, layoutOf } from "../table/layout";
import { APP, FACTORY, isOtaSlot } from "../table/subtypes";
import { placeRows } from "../table/table";
import { calledName, kindText } from "./names";
import { overlapsIn, sharedRanges } from "./overlaps";
import { type Role, roleOf } from "./roles";

/** Bytes of flash from `offset` up to, but not including, `end`. */
export interface Range {
  readonly offset: number;
  readonly end: number;
}

/** The MicroPython binary that is looked at in every slot. Sizes in bytes. */
export interface SceneBinary {
  readonly title: string;
  readonly appSize: number;
}

/** How the binary fills a slot. `left` is negative where it does not fit. */
export interface Fill {
  readonly used: number;
  readonly left: number;
  /** Whether MicroPython is installed into this slot; others hold it only after a later update. */
  readonly isTarget: boolean;
}

/** One region of the picture: all that a view needs to draw it and to speak of it. */
export interface SceneRegion {
  /** Stable while the region is what it is: `row-3`, `row-new`, `gap-0x290000`, `bootloader`, `partition-table`. */
  readonly key: string;
  readonly kind: FlashRegion["kind"];
  readonly role: Role;
  /** Of a partition: its number among the rows of the CSV, from 0. */
  readonly row?: number;
  /** What to call it: `ota_0`, `Bootloader`, `Unused`, `(no name)`. Text from the CSV: never markup. */
  readonly name: string;
  /** `app, ota_0`; empty for what is no partition. */
  readonly kindText: string;
  readonly offset: number;
  readonly size: number;
  /** What it shares with others, in order; hatched on both partners. */
  readonly overlaps: readonly Range[];
  /** What of it lies beyond the end of flash. */
  readonly beyond?: Range;
  readonly fill?: Fill;
  /** Whether the app that migrates the device runs from it. */
  readonly isRunning: boolean;
}

/** The whole picture of one table. Regions in the order of their offsets; gaps are regions too. */
export interface Scene {
  readonly regions: readonly SceneRegion[];
  /** Where the picture ends: the end of flash, or of what lies beyond it. */
  readonly end: number;
  readonly flashSize?: number;
  /** Rows that cannot be drawn: without a place or without a size, or outside of what 32 bits can address. */
  readonly unplaced: readonly LayoutRow[];
}

/** Both tables and what becomes of each partition. */
export interface Comparison {
  readonly source: Scene;
  readonly diff: TableDiff;
}

/** What a picture is made of. Rows are named by their number in the CSV. */
export interface SceneInput {
  readonly rows: readonly LayoutRow[];
  readonly options: EditOptions;
  readonly binary?: SceneBinary | undefined;
  /** The row of the slot into which MicroPython is installed. */
  readonly slot?: number | undefined;
  /** The row of the slot from which the app that migrates the device runs. */
  readonly running?: number | undefined;
}

/** The picture of a table. Fast enough for every frame of a drag. */
export function sceneOf(input: SceneInput): Scene {
  const { rows, options } = input;
  const drawable = placeRows(rows, options).filter(isDrawable);
  const { regions, end } = layoutOf(drawable, options);
  const pieces = regions.filter(({ size }) => size > 0).flatMap((region) => cutAt(options.flashSize, region));
  const shared = sharedRanges(pieces);
  const drawn = new Set(drawable.map(({ row }) => row));
  return {
    regions: pieces.map((region) => regionOf(region, overlapsIn(shared, region), input)),
    end,
    ...(options.flashSize === undefined ? {} : { flashSize: options.flashSize }),
    unplaced: rows.filter(({ row }) => !drawn.has(row)),
  };
}

const isDrawable = (entry: PlacedEntry<number>): boolean =>
  entry.size > 0 && entry.offset >= 0 && endOf(entry) <= 2 ** 32;

type Region = FlashRegion<number>;

/** What is unused within flash can be used; what is unused beyond its end cannot: two regions. */
function cutAt(flashSize: number | undefined, region: Region): Region[] {
  const { kind, offset } = region;
  if (kind !== "gap" || flashSize === undefined || flashSize <= offset || endOf(region) <= flashSize)
    return [region];
  return [
    { kind, offset, size: flashSize - offset },
    { kind, offset: flashSize, size: endOf(region) - flashSize },
  ];
}

/** Built field by field, because spreading costs a millisecond in a full table. */
function regionOf(region: Region, overlaps: readonly Range[], input: SceneInput): SceneRegion {
  const { kind, offset, size, entry } = region;
  const { flashSize = Number.POSITIVE_INFINITY, extraSubtypes } = input.options;
  const end = offset + size;
  const drawn: { -readonly [K in keyof SceneRegion]: SceneRegion[K] } = {
    key: entry ? rowKey(entry.row) : kind === "gap" ? `gap-0x${offset.toString(16)}` : kind,
    kind,
    role: entry ? roleOf(entry.type, entry.subtype, entry.name) : fixedRoles[kind],
    name: entry ? calledName(entry.name) : fixedName(region, input.options),
    kindText: entry ? kindText(entry, extraSubtypes) : "",
    offset,
    size,
    overlaps,
    isRunning: entry !== undefined && entry.row === input.running,
  };
  if (entry) drawn.row = entry.row;
  if (flashSize < end) drawn.beyond = { offset: Math.max(offset, flashSize), end };
  const fill = entry && fillOf(entry, input);
  if (fill) drawn.fill = fill;
  return drawn;
}

const rowKey = (row: number): string => (row === NEW_ROW ? "row-new" : `row-${row}`);

const fixedRoles: Readonly<Record<Region["kind"], Role>> = {
  bootloader: "bootloader",
  "partition-table": "table",
  partition: "unknown",
  gap: "gap",
};

function fixedName({ kind, offset }: Region, { tableOffset, flashSize }: EditOptions): string {
  if (kind !== "gap") return kind === "bootloader" ? "Bootloader" : "Partition table";
  // In front of the table no partition can lie, behind the end of flash nothing at all.
  if (offset < tableOffset) return "Reserved";
  return flashSize !== undefined && flashSize <= offset ? "Beyond flash" : "Unused";
}

/** Only what the bootloader starts and an update can replace ever holds MicroPython. */
function fillOf(entry: PlacedEntry<number>, { binary, slot }: SceneInput): Fill | undefined {
  const { type, subtype, size, row } = entry;
  if (!binary || !(isOtaSlot(type, subtype) || (type === APP && subtype === FACTORY))) return undefined;
  return { used: binary.appSize, left: size - binary.appSize, isTarget: row === slot };
}
