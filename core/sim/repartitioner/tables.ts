import { u8, u32 } from "../../image/bytes";
import type { Extent } from "../../migrate/solve/spaces";
import { ROW_LENGTH, TABLE_LENGTH } from "../../table/options";
import { APP, DATA, FACTORY, isOtaSlot, OTA_0, OTADATA } from "../../table/subtypes";
import type { RepartitionerConfig } from "./config";

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

const compares = (
  found: Uint8Array,
  table: Uint8Array,
  holds: (byte: number, wanted: number) => boolean,
): boolean => found.subarray(0, TABLE_LENGTH).every((byte, at) => holds(byte, table[at] ?? 0));

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

export const appsOf = (rows: readonly Row[]): Row[] =>
  rows.filter(({ type, subtype }) => isOtaSlot(type, subtype) || (type === APP && subtype === FACTORY));

export const appAt = (rows: readonly Row[], offset: number): Row | undefined =>
  appsOf(rows).find((app) => app.offset === offset);

export const otadataOf = (rows: readonly Row[]): Row | undefined =>
  rows.find(({ type, subtype }) => type === DATA && subtype === OTADATA);

/** How otadata selects a slot: by a number modulo the number of update slots (`bootloader_utility.c`). */
export type SlotChoice = { readonly index: number; readonly count: number } | "factory";

/** How otadata selects the app at this offset; undefined where there is none. */
export function choiceOf(rows: readonly Row[], offset: number): SlotChoice | undefined {
  const app = appAt(rows, offset);
  if (!app) return undefined;
  const count = rows.filter(({ type, subtype }) => isOtaSlot(type, subtype)).length;
  return app.subtype === FACTORY ? "factory" : { index: app.subtype - OTA_0, count };
}

/** Where the last partition of a table ends. */
export const tableEnd = (rows: readonly Row[]): number =>
  rows.reduce((end, { offset, size }) => Math.max(end, offset + size), 0);
