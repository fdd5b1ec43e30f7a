import { type Facts, flashEnd } from "../../facts";
import { FIXED_FILESYSTEM, hasFixedFilesystem } from "../../ota/micropythonFilesystem";
import { rowSpan } from "../../table/csv";
import { insertLineBefore, insertLineBehind, rowLike } from "../../table/edit";
import { endOf, type PlacedEntry } from "../../table/entry";
import { gapsOf } from "../../table/layout";
import { firstFreeOffset, mostRows } from "../../table/options";
import { isPrimary } from "../../table/subtypes";
import type { PartitionTable } from "../../table/table";
import { span, type TextEdit } from "../../text/span";
import { alignDown, alignUp, hex } from "../../text/units";
import type { Finding, Fix, Subject } from "../rule";
import { fixesThatFit } from "./room";

const SECTOR = 0x1000;

/** Unused flash in whole sectors. */
export interface FreeSpace {
  readonly offset: number;
  readonly end: number;
}

/** Where a text shows a problem, and whether it is one of the row that stands there. */
export type FindingPlace = Pick<Finding, "at" | "isAboutTable">;

/** Where to show a problem of the table as a whole: at its first row, else at its first line. */
export function wholeTable({ csv }: Pick<Subject, "csv">): FindingPlace {
  const [row] = csv.rows;
  return { at: row ? rowSpan(row) : (csv.lines[0]?.span ?? span(0, 0)), isAboutTable: true };
}

/** The free space behind the partition table, in order; none while a row has no place or no size, for it may lie there. */
export function freeSpaces({ table, layout, facts }: Subject): FreeSpace[] {
  if (!isAllPlaced(table)) return [];
  const end = flashEnd(facts);
  const behindAll: FreeSpace[] = end !== undefined && layout.end < end ? [{ offset: layout.end, end }] : [];
  return [...gapsOf(layout).map((gap) => ({ offset: gap.offset, end: endOf(gap) })), ...behindAll]
    .flatMap((space) => outsideFixedFilesystem(space, facts))
    .map((space) => ({ offset: alignUp(space.offset, SECTOR), end: alignDown(space.end, SECTOR) }))
    .filter(({ offset, end: to }) => firstFreeOffset(facts) <= offset && offset < to);
}

/** Whether every row has a place, in order: otherwise what looks free may be taken, and no size can be changed safely. */
export const isAllPlaced = ({ rows, entries }: PartitionTable): boolean =>
  rows.length === entries.length &&
  entries.every(
    ({ type, subtype, offset, size, previousEnd = 0 }) =>
      isPrimary(type, subtype) || (size > 0 && previousEnd <= offset),
  );

/** Fixes that change the size of a partition or add one, where nothing else is out of its place. */
export const fixesOfSize = (subject: Subject, fixes: Parameters<typeof fixesThatFit>[1]): Fix[] =>
  isAllPlaced(subject.table) ? fixesThatFit(subject, fixes) : [];

/** What old releases of MicroPython use without a row for it is not free. */
function outsideFixedFilesystem({ offset, end }: FreeSpace, { micropython }: Facts): FreeSpace[] {
  if (!micropython || !hasFixedFilesystem(micropython)) return [{ offset, end }];
  return [
    { offset, end: Math.min(end, FIXED_FILESYSTEM.offset) },
    { offset: Math.max(offset, FIXED_FILESYSTEM.end), end },
  ];
}

/** How far the entry may reach: to the next partition or to the end of flash, where that is known. */
export function limitBehind({ table, facts }: Subject, entry: PlacedEntry): number | undefined {
  if (!isAllPlaced(table)) return undefined;
  const next = nextInFlash(table.entries, entry);
  return next ? next.offset : flashEnd(facts);
}

/** The partition that begins next in flash. */
export const nextInFlash = (entries: readonly PlacedEntry[], entry: PlacedEntry): PlacedEntry | undefined =>
  entries
    .filter((other) => other !== entry && entry.offset < other.offset)
    .reduce<PlacedEntry | undefined>(
      (first, other) => (first && first.offset <= other.offset ? first : other),
      undefined,
    );

/** A row to be added: `words` are its type and subtype. */
export interface NewRow {
  readonly name: string;
  readonly words: readonly [string, string];
  readonly space: FreeSpace;
}

/** The fix that adds a row for a free space, unless its name is taken, the table is full or a partition would move. */
export function addRowFix(subject: Subject, { name, words, space }: NewRow): Fix[] {
  const { rows } = subject.table;
  const isFull = rows.length >= mostRows(subject.facts);
  if (rows.length === 0 || isFull || rows.some((read) => read.name === name)) return [];
  const values = [name, ...words, hex(space.offset), hex(space.end - space.offset)];
  const title = `Add '${name}' at ${hex(space.offset)}`;
  return fixesOfSize(subject, [{ title, edits: [insertInOrder(subject, values, space)] }]);
}

/**
 * Rows stand in the order of their offsets: the new one goes behind the last that ends before it, else before the
 * first. The rows that the tool places itself may stand anywhere and say nothing about the order.
 */
function insertInOrder({ csv, table }: Subject, values: readonly string[], space: FreeSpace): TextEdit {
  const inOrder = table.entries.filter(({ type, subtype }) => !isPrimary(type, subtype));
  const above = inOrder.findLast((entry) => endOf(entry) <= space.offset)?.row;
  const below = above ? undefined : inOrder[0]?.row;
  if (below) return insertLineBefore(csv, below, rowLike(below, values));
  const last = above ?? csv.rows.at(-1);
  return insertLineBehind(csv, last, rowLike(last, values));
}
