import { parseCsv } from "../../table/csv";
import { endOf, type PlacedEntry } from "../../table/entry";
import { firstFreeOffset } from "../../table/options";
import { APP, appSizeAlignment, isPrimary, offsetAlignment } from "../../table/subtypes";
import { type PartitionTable, readTable } from "../../table/table";
import { applyEdits, type TextEdit } from "../../text/span";
import type { Fix, Subject } from "../rule";

/** Tables longer than any flash can hold are beyond repair, and trying changes on them would cost seconds. */
const MAX_ROWS_TO_TRY = 100;

/**
 * The fixes that really mend the place of a partition: each is tried on the text, and kept when fewer partitions are
 * out of place afterwards. So a fix never moves the problem to the next row.
 */
export function fixesThatMend(subject: Subject, fixes: readonly EditFix[]): Fix[] {
  const before = misplaced(subject.table, subject);
  return tried(subject, fixes, (after) => after < before);
}

/** The fixes that put no other partition out of its place. */
export function fixesThatFit(subject: Subject, fixes: readonly EditFix[]): Fix[] {
  const before = misplaced(subject.table, subject);
  return tried(subject, fixes, (after) => after <= before);
}

type EditFix = Fix & { readonly edits: readonly TextEdit[] };

function tried(subject: Subject, fixes: readonly EditFix[], isGood: (after: number) => boolean): Fix[] {
  const { csv, facts, table } = subject;
  if (table.rows.length > MAX_ROWS_TO_TRY) return [];
  return fixes.filter(({ edits }) => {
    const changed = readTable(parseCsv(applyEdits(csv.text, edits), facts.environment), facts);
    return isGood(misplaced(changed, subject));
  });
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
