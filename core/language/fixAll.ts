import { type Analysis, analyse } from "../analyse";
import type { Facts } from "../facts";
import type { SeverityOverrides } from "../rules/check";
import type { Fix, Problem } from "../rules/rule";
import { isHeading } from "../rules/support/heading";
import { changesBetween } from "../text/changes";
import { applyEdits, intersects, type TextEdit } from "../text/span";

/** A table holds 95 rows; a hostile file with thousands must not keep the editor waiting. */
const MAX_ROWS = 100;
/** One fix can show the next problem, so the text is looked at again; tables settle after two or three rounds. */
const MAX_ROUNDS = 10;

/**
 * Rules whose fixes only write down in the tool's words what the user wrote in others. Offsets, sizes, names and slots
 * decide what happens on a device: those fixes are offered one by one, and never taken by a save.
 */
const respelling: ReadonlySet<string> = new Set([
  "type-empty",
  "unknown-keyword",
  "invalid-number",
  "unknown-flag",
  "extra-columns",
]);

/**
 * Applies the best fix of every problem of spelling, again and again until nothing gets better. A fix counts only when
 * fewer of them are left afterwards and no partition is gone or new.
 */
export function fixAll(text: string, facts: Facts, overrides: SeverityOverrides = {}): TextEdit[] {
  let current = analyse(text, facts, overrides);
  if (current.table.rows.length > MAX_ROWS) return [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = mend(current, overrides);
    if (next === current) break;
    current = next;
  }
  return changesBetween(text, current.csv.text);
}

/** All fixes at once where that helps, otherwise those that help one by one. */
function mend(before: Analysis, overrides: SeverityOverrides): Analysis {
  const fixes = misspelled(before).flatMap(bestEdits);
  const together = attempt(before, withoutOverlap(fixes).flat(), overrides);
  if (together !== before) return together;
  for (const edits of fixes) {
    const after = attempt(before, edits, overrides);
    if (after !== before) return after;
  }
  return before;
}

function attempt(before: Analysis, edits: readonly TextEdit[], overrides: SeverityOverrides): Analysis {
  if (edits.length === 0) return before;
  const after = analyse(applyEdits(before.csv.text, edits), before.facts, overrides);
  return isBetter(before, after) ? after : before;
}

/** A row that can be read at last may show other mistakes, so only spelling counts. */
const isBetter = (before: Analysis, after: Analysis): boolean =>
  partitionsIn(after) === partitionsIn(before) && misspelled(after).length < misspelled(before).length;

const partitionsIn = ({ csv }: Analysis): number => csv.rows.filter((row) => !isHeading(row)).length;

const misspelled = ({ problems }: Analysis): Problem[] => problems.filter(({ id }) => respelling.has(id));

function bestEdits({ fixes }: Problem): (readonly TextEdit[])[] {
  const best: Fix | undefined = fixes?.[0];
  return best && "edits" in best ? [best.edits] : [];
}

/** The first of those that change the same place. */
function withoutOverlap(fixes: readonly (readonly TextEdit[])[]): (readonly TextEdit[])[] {
  const kept: (readonly TextEdit[])[] = [];
  const touches = (a: TextEdit, b: TextEdit): boolean => intersects(a.span, b.span);
  for (const fix of fixes) {
    if (!kept.flat().some((edit) => fix.some((other) => touches(edit, other)))) kept.push(fix);
  }
  return kept;
}
