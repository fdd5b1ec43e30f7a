import { type Analysis, analyse } from "../analyse";
import type { Facts } from "../facts";
import type { SeverityOverrides } from "../rules/check";
import type { Fix, Problem } from "../rules/rule";
import { changesBetween } from "../text/changes";
import { applyEdits, intersects, type TextEdit } from "../text/span";

/** A table holds 95 rows; a hostile file with thousands must not keep the editor waiting. */
const MAX_ROWS = 100;
/** One fix can show the next problem, so the text is looked at again; tables settle after two or three rounds. */
const MAX_ROUNDS = 10;

/**
 * Applies the best fix of every problem, again and again until nothing gets better. A fix counts only when fewer
 * problems are left afterwards and no partition is gone or new: that is for the user to decide.
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
  const fixes = before.problems.flatMap(bestEdits);
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

/** Errors count before anything else. */
function isBetter(before: Analysis, after: Analysis): boolean {
  if (after.csv.rows.length !== before.csv.rows.length) return false;
  const fewerErrors = errorsIn(before) - errorsIn(after);
  return fewerErrors === 0 ? after.problems.length < before.problems.length : fewerErrors > 0;
}

const errorsIn = ({ problems }: Analysis): number =>
  problems.filter(({ severity }) => severity === "error").length;

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
