import type { EditOptions, LayoutRow } from "../edit/intent";
import { diffTables } from "../migrate/diff";
import { micropythonSlot } from "../ota/micropythonSlot";
import { runningSlot } from "../ota/runningSlot";
import type { PlacedEntry } from "../table/entry";
import { APP } from "../table/subtypes";
import { placeRows } from "../table/table";
import { type Comparison, type Scene, type SceneBinary, sceneOf } from "./scene";

/** The facts around the tables of a picture. */
export interface PictureFacts {
  readonly options: EditOptions;
  readonly binary?: SceneBinary | undefined;
  /** Whether the table is part of a migration: without one, nobody knows which slot runs. */
  readonly isMigrated: boolean;
}

type Rows = readonly LayoutRow[];

/** The picture of the table that is edited. */
export function targetScene(rows: Rows, { options, binary, isMigrated }: PictureFacts): Scene {
  const entries = placeRows(rows, options);
  return sceneOf({
    rows,
    options,
    // A file that is no app has no size that could fill a slot.
    binary: binary && binary.appSize > 0 ? binary : undefined,
    slot: slotIn(rows, entries),
    running: isMigrated ? runningSlot(entries)?.row : undefined,
  });
}

/** The picture of the table that the devices have today: MicroPython is never in it. */
export const sourceScene = (rows: Rows, options: EditOptions): Scene =>
  sceneOf({ rows, options, running: runningSlot(placeRows(rows, options))?.row });

/**
 * Both, and what becomes of each partition. Nothing while a row has no place, as somebody types: what is said of the
 * others would be wrong.
 */
export function comparisonOf(
  source: Scene,
  before: Rows,
  after: Rows,
  options: EditOptions,
): Comparison | undefined {
  const entries = placeRows(after, options);
  if (entries.length < after.length) return undefined;
  const slot = slotIn(after, entries);
  return { source, diff: diffTables({ before, after, options, slot }) };
}

/** MicroPython's slot; nobody knows it while a slot has no place. */
function slotIn(rows: Rows, entries: readonly PlacedEntry<number>[]): number | undefined {
  const apps = (list: readonly { readonly type: number | undefined }[]) =>
    list.filter(({ type }) => type === APP).length;
  return apps(rows) === apps(entries) ? micropythonSlot({ entries })?.row : undefined;
}
