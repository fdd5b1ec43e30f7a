import { u8, u32 } from "../../image/bytes";
import { type Extent, overlaps } from "../../migrate/solve/spaces";
import { OTADATA_SIZE } from "../../ota/otadata";
import { endOf } from "../../table/entry";
import { ROW_LENGTH, TABLE_LENGTH } from "../../table/options";
import { APP, DATA, FACTORY, isOtaSlot, OTA_0, OTADATA } from "../../table/subtypes";
import type { RepartitionerConfig } from "./config";
import { SECTOR } from "./units";

/**
 * `torn`: the target table half written, or the source table half erased. Programming only clears bits and erasing only
 * sets them, so either one has all the bits of the table that it was on the way to or from.
 */
export type TableState = "source" | "target" | "torn" | "foreign";

/** What the sector of the table holds, by its first 0xC00 bytes: the bootloader reads no others. */
export function tableState(
  found: Uint8Array,
  { sourceTable, targetTable }: Pick<RepartitionerConfig, "sourceTable" | "targetTable">,
): TableState {
  if (compares(found, targetTable, same)) return "target";
  if (compares(found, sourceTable, same)) return "source";
  return compares(found, targetTable, hasBitsOf) || compares(found, sourceTable, hasBitsOf)
    ? "torn"
    : "foreign";
}

/** Whether writing `table` over `found` gives `table` without erasing before. */
export const canBeProgrammed = (found: Uint8Array, table: Uint8Array): boolean =>
  found.every((byte, at) => hasBitsOf(byte, table[at] ?? 0));

/** A plain loop: a simulation compares tables a hundred thousand times. */
function compares(
  found: Uint8Array,
  table: Uint8Array,
  holds: (byte: number, wanted: number) => boolean,
): boolean {
  const end = Math.min(found.length, TABLE_LENGTH);
  for (let at = 0; at < end; at++) if (!holds(found[at] ?? 0, table[at] ?? 0)) return false;
  return true;
}

const same = (byte: number, wanted: number): boolean => byte === wanted;
const hasBitsOf = (byte: number, wanted: number): boolean => (byte & wanted) === wanted;

/** A row of a table in flash. */
export interface Row extends Extent {
  readonly type: number;
  readonly subtype: number;
}

/** The rows up to the first that is none. */
export function rowsOf(table: Uint8Array): Row[] {
  const rows: Row[] = [];
  for (
    let at = 0;
    at < TABLE_LENGTH && u8(table, at) === 0xaa && u8(table, at + 1) === 0x50;
    at += ROW_LENGTH
  )
    rows.push({
      type: u8(table, at + 2),
      subtype: u8(table, at + 3),
      offset: u32(table, at + 4),
      size: u32(table, at + 8),
    });
  return rows;
}

/** The largest flash that the header of a bootloader can name. */
const LARGEST_FLASH = 0x8000000;

/**
 * The rows of a table in flash that could be of a device: it may be anybody's, and nothing is written where it points
 * into the bootloader, into the table itself or beyond any flash.
 */
export const plausibleRowsOf = (
  table: Uint8Array,
  tableOffset: number,
  flashSize: number = LARGEST_FLASH,
): Row[] =>
  rowsOf(table).filter(
    (row) =>
      row.offset >= tableOffset + SECTOR &&
      row.offset % SECTOR === 0 &&
      row.size > 0 &&
      endOf(row) <= flashSize,
  );

export const appsOf = (rows: readonly Row[]): Row[] =>
  rows.filter(({ type, subtype }) => isOtaSlot(type, subtype) || (type === APP && subtype === FACTORY));

export const appAt = (rows: readonly Row[], offset: number): Row | undefined =>
  appsOf(rows).find((app) => app.offset === offset);

/** Where otadata stands; undefined where it is too small for two entries, or shares flash with something else. */
export function otadataOf(rows: readonly Row[]): Row | undefined {
  const place = rows.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  if (!place || place.size < OTADATA_SIZE) return undefined;
  return rows.some((row) => row !== place && overlaps(row, place)) ? undefined : place;
}

/** How otadata selects an app: by a number modulo the number of update slots (`bootloader_utility.c`), or by being blank. */
export interface SlotChoice {
  /** Of the update slot; undefined for the factory app. */
  readonly index: number | undefined;
  /** Update slots of the table. */
  readonly count: number;
  /** Whether it is what starts while otadata is blank: the factory app, the first slot where there is none. */
  readonly isDefault: boolean;
}

/** How otadata selects the app at this offset; undefined where there is none. */
export function choiceOf(rows: readonly Row[], offset: number): SlotChoice | undefined {
  const app = appAt(rows, offset);
  if (!app) return undefined;
  const count = rows.filter(({ type, subtype }) => isOtaSlot(type, subtype)).length;
  if (app.subtype === FACTORY) return { index: undefined, count, isDefault: true };
  const hasFactory = rows.some(({ type, subtype }) => type === APP && subtype === FACTORY);
  return { index: app.subtype - OTA_0, count, isDefault: app.subtype === OTA_0 && !hasFactory };
}

/** Where the last partition of a table ends. */
export const tableEnd = (rows: readonly Row[]): number =>
  rows.reduce((end, { offset, size }) => Math.max(end, offset + size), 0);
