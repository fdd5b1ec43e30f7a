import { parseCsv } from "../../table/csv";
import { endOf, type PlacedEntry } from "../../table/entry";
import { firstFreeOffset } from "../../table/options";
import { readRow } from "../../table/read";
import { APP, appSizeAlignment, isPrimary, offsetAlignment } from "../../table/subtypes";
import { type PartitionTable, placeRows } from "../../table/table";
import { applyEdits, intersects, span, type TextEdit } from "../../text/span";
import type { Fix, Subject } from "../rule";
import { overlappingPairs } from "./overlaps";
import { isNvsTooSmall, isOtadataOfWrongSize } from "./sizes";

/** Tables longer than any flash can hold are beyond repair, and trying changes on them would cost seconds. */
const MAX_ROWS_TO_TRY = 100;

/**
 * The fixes that really mend the place of a partition: each is tried on the text, and kept when there is less of what
 * the rule finds afterwards, and no more of anything else. So a fix never moves the problem to the next row.
 */
export const fixesThatMend = (subject: Subject, id: keyof Faults, fixes: readonly EditFix[]): Fix[] =>
  tried(subject, fixes, (after, before) => noneMore(after, before) && after[id] < before[id]);

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
  const rows = [
    ...table.rows.filter(({ row }) => row.span.end < from),
    ...changed.rows.map((row) => readRow(row, facts)),
    ...table.rows.filter(({ row }) => to < row.span.start),
  ];
  return { rows, entries: placeRows(rows, facts) };
}

/** What is wrong with the places in a table, by the rule that says so. */
type Faults = ReturnType<typeof faultsIn>;

const noneMore = (after: Faults, before: Faults): boolean =>
  (Object.keys(after) as (keyof Faults)[]).every((kind) => after[kind] <= before[kind]);

function faultsIn({ rows, entries }: PartitionTable, { facts }: Subject) {
  const lowest = firstFreeOffset(facts);
  const { flashSize = 2 ** 32, secure } = facts;
  const own = entries.filter(({ type, subtype }) => !isPrimary(type, subtype));
  const having = (fault: (entry: PlacedEntry) => boolean): number => own.filter(fault).length;
  return {
    unplaced: rows.length - entries.length,
    "size-zero": having(({ size }) => size <= 0),
    "field-range": having(({ size }) => size < 0),
    "overlaps-table": having(({ offset }) => offset < lowest),
    overlap: [...overlappingPairs(entries, lowest)].length,
    "offset-order": having(({ offset, previousEnd = 0 }) => offset < previousEnd),
    "offset-alignment": having(({ offset, type }) => offset % offsetAlignment(type) !== 0),
    "app-size-alignment": having(({ size, type }) => type === APP && size % appSizeAlignment(secure) !== 0),
    "nvs-size": having(isNvsTooSmall),
    "otadata-size": having(isOtadataOfWrongSize),
    "flash-size": having((entry) => flashSize < endOf(entry)),
  };
}
