import { parseCsv } from "../../table/csv";
import { endOf, type PlacedEntry } from "../../table/entry";
import { firstFreeOffset } from "../../table/options";
import { readRow } from "../../table/read";
import { APP, appSizeAlignment, isPrimary, offsetAlignment } from "../../table/subtypes";
import { type PartitionTable, placeRows } from "../../table/table";
import { applyEdits, intersects, span, type TextEdit } from "../../text/span";
import type { Fix, Subject } from "../rule";
import { overlappingPairs } from "./overlaps";

/** Tables longer than any flash can hold are beyond repair, and trying changes on them would cost seconds. */
const MAX_ROWS_TO_TRY = 100;

/**
 * The fixes that really mend the place of a partition: each is tried on the text, and kept when less is wrong
 * afterwards and nothing of any kind is new. So a fix never moves the problem to the next row.
 */
export const fixesThatMend = (subject: Subject, fixes: readonly EditFix[]): Fix[] =>
  tried(subject, fixes, (after, before) => noneMore(after, before) && sum(after) < sum(before));

/** The fixes after which nothing is wrong that was not before. */
export const fixesThatFit = (subject: Subject, fixes: readonly EditFix[]): Fix[] =>
  tried(subject, fixes, noneMore);

type EditFix = Fix & { readonly edits: readonly TextEdit[] };

function tried(
  subject: Subject,
  fixes: readonly EditFix[],
  isGood: (after: Faults, before: Faults) => boolean,
): Fix[] {
  if (subject.table.rows.length > MAX_ROWS_TO_TRY) return [];
  const before = faultsIn(subject.table, subject);
  return fixes.filter(({ edits }) => isGood(faultsIn(tableAfter(subject, edits), subject), before));
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

/** How often each kind of fault of a place occurs in a table. */
type Faults = readonly number[];

const sum = (faults: Faults): number => faults.reduce((all, count) => all + count, 0);

const noneMore = (after: Faults, before: Faults): boolean =>
  after.every((count, kind) => count <= (before[kind] ?? 0));

function faultsIn({ rows, entries }: PartitionTable, { facts }: Subject): Faults {
  const lowest = firstFreeOffset(facts);
  const { flashSize = 2 ** 32, secure } = facts;
  const own = entries.filter(({ type, subtype }) => !isPrimary(type, subtype));
  const having = (fault: (entry: PlacedEntry) => boolean): number => own.filter(fault).length;
  return [
    rows.length - entries.length,
    having(({ offset, type }) => offset % offsetAlignment(type) !== 0),
    having(({ size, type }) => type === APP && size % appSizeAlignment(secure) !== 0),
    having(({ size }) => size <= 0),
    having(({ offset, previousEnd = 0 }) => offset < Math.max(lowest, previousEnd)),
    having((entry) => flashSize < endOf(entry)),
    [...overlappingPairs(entries, lowest)].length,
  ];
}
