import { expect } from "vitest";
import { applyIntent, type GeometryIntent } from "../../../core/edit/apply";
import { type Editable, editText, layoutRows } from "../../../core/edit/editText";
import type { LayoutIntent, LayoutRow } from "../../../core/edit/intent";
import { type Facts, noFacts } from "../../../core/facts";
import { parseCsv } from "../../../core/table/csv";
import { placeRows, readTable } from "../../../core/table/table";
import { applyEdits, type TextEdit } from "../../../core/text/span";
import { hex } from "../../../core/text/units";
import { parseFacts } from "../../support/parseFixture";

/** Facts as the fixtures write them: `flash=4MB secure=v1`. */
export const factsOf = (text: string): Facts => ({ ...noFacts, ...(text === "" ? {} : parseFacts(text)) });

export const read = (text: string, facts: Facts = noFacts): Editable => {
  const csv = parseCsv(text, facts.environment);
  return { csv, table: readTable(csv, facts), facts };
};

export const rowsOf = (text: string, facts: Facts = noFacts): LayoutRow[] =>
  layoutRows(read(text, facts).table);

/** A text without the indentation of the test. */
export const dedent = (text: string): string => text.replace(/^\n/, "").replace(/^ +/gm, "");

/** Name, offset and size of each row; a blank offset is shown with the place that comes of it: `vfs (0x110000) 0x10000`. */
export function shown(rows: readonly LayoutRow[], facts: Facts): string {
  const places = placeRows(rows, facts);
  const offsetOf = ({ row, offset }: LayoutRow): string => {
    const place = places.find((entry) => entry.row === row);
    return offset === undefined ? `(${place ? hex(place.offset) : "?"})` : hex(offset);
  };
  return rows
    .map((row) => `${row.name} ${offsetOf(row)} ${row.size === undefined ? "?" : hex(row.size)}\n`)
    .join("");
}

/** The text after edits that do not touch one another and of which each changes something. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  let end = 0;
  for (const { span, newText } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    expect(end <= span.start && span.start <= span.end && span.end <= text.length, "spans in order").toBe(
      true,
    );
    expect(text.slice(span.start, span.end)).not.toBe(newText);
    end = span.end;
  }
  return applyEdits(text, edits);
}

/** Applies an intent to a text and compares all of it. */
export function checkText(before: string, intent: LayoutIntent, after: string, facts = ""): void {
  const analysis = read(dedent(before), factsOf(facts));
  const result = editText(analysis, intent);
  expect(result.ok ? applied(analysis.csv.text, result.edits) : result.message).toBe(dedent(after));
}

/** Applies an intent to rows and compares them as `shown`. */
export function checkRows(before: string, intent: GeometryIntent, after: string, facts = ""): void {
  const known = factsOf(facts);
  const result = applyIntent(rowsOf(dedent(before), known), intent, known);
  expect(result.ok ? shown(result.rows, known) : result.message).toBe(dedent(after));
}

/** Neither the rows nor the text take it, and both say the same. */
export function checkRefused(before: string, intent: GeometryIntent, message: string, facts = ""): void {
  const analysis = read(dedent(before), factsOf(facts));
  const refused = { ok: false, message };
  expect(applyIntent(layoutRows(analysis.table), intent, analysis.facts)).toEqual(refused);
  expect(editText(analysis, intent)).toEqual(refused);
}
