import { parseCsv } from "../../table/csv";
import { endOf, type PlacedEntry } from "../../table/entry";
import { firstFreeOffset } from "../../table/options";
import { readRow } from "../../table/read";
import { APP, appSizeAlignment, isPrimary, offsetAlignment } from "../../table/subtypes";
import { type PartitionTable, placeRows } from "../../table/table";
import { applyEdits, intersects, span, type TextEdit } from "../../text/span";
import type { Fix, Subject } from "../rule";

/** Tables longer than any flash can hold are beyond repair, and trying changes on them would cost seconds. */
const MAX_ROWS_TO_TRY = 100;

/**
 * The fixes that really mend the place of a partition: each is tried on the text, and kept when fewer partitions are
 * out of place afterwards. So a fix never moves the problem to the next row.
 */
export const fixesThatMend = (subject: Subject, fixes: readonly EditFix[]): Fix[] =>
  tried(subject, fixes, (after, before) => after < before);

/** The fixes that put no other partition out of its place. */
export const fixesThatFit = (subject: Subject, fixes: readonly EditFix[]): Fix[] =>
  tried(subject, fixes, (after, before) => after <= before);

type EditFix = Fix & { readonly edits: readonly TextEdit[] };

function tried(
  subject: Subject,
  fixes: readonly EditFix[],
  isGood: (after: number, before: number) => boolean,
): Fix[] {
  if (subject.table.rows.length > MAX_ROWS_TO_TRY) return [];
  const before = misplaced(subject.table, subject);
  return fixes.filter(({ edits }) => isGood(misplaced(tableAfter(subject, edits), subject), before));
}

/** The table after a change. Only the lines from the first to the last change are read again: many fixes are tried. */
function tableAfter({ csv, table, facts }: Subject, edits: readonly TextEdit[]): PartitionTable {
  const touched = span(
    Math.min(...edits.map((edit) => edit.span.start)),
    Math.max(...edits.map((edit) => edit.span.end)),
  );
  const lines = csv.lines.filter((line) => intersects(line.span, touched));
  const from = lines[0]?.span.start ?? 0;
  const to = lines.at(-1)?.span.end ?? csv.text.length;
  const inLines = edits.map(({ span: { start, end }, newText }) => ({
    span: span(start - from, end - from),
    newText,
  }));
  const changed = parseCsv(applyEdits(csv.text.slice(from, to), inLines), facts.environment);
  return placeRows(
    [
      ...table.rows.filter(({ row }) => row.span.end < from),
      ...changed.rows.map((row) => readRow(row, facts)),
      ...table.rows.filter(({ row }) => to < row.span.start),
    ],
    facts,
  );
}

/** How many rows have no place, or one that the tool or the flash refuses. */
function misplaced({ rows, entries }: PartitionTable, { facts }: Subject): number {
  const unplaced = rows.length - entries.length;
  return unplaced + entries.filter((entry) => !isWellPlaced(entry, facts)).length;
}

function isWellPlaced(entry: PlacedEntry, facts: Subject["facts"]): boolean {
  if (isPrimary(entry.type, entry.subtype)) return true;
  const aligned = entry.offset % offsetAlignment(entry.type) === 0;
  const sizeFits = entry.type !== APP || entry.size % appSizeAlignment(facts.secure) === 0;
  const lowest = Math.max(firstFreeOffset(facts), entry.previousEnd ?? 0);
  return (
    aligned &&
    sizeFits &&
    entry.size > 0 &&
    lowest <= entry.offset &&
    endOf(entry) <= (facts.flashSize ?? 2 ** 32)
  );
}
