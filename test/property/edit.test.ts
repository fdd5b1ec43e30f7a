import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyIntent } from "../../core/edit/apply";
import { dragLimits, dragTo, type Handle } from "../../core/edit/drag";
import { editText, layoutRows } from "../../core/edit/editText";
import { fillRest, fitToBinary } from "../../core/edit/fit";
import type { LayoutIntent, LayoutRow, Place } from "../../core/edit/intent";
import { newPartition } from "../../core/edit/newPartition";
import { type Facts, noFacts } from "../../core/facts";
import { parseCsv } from "../../core/table/csv";
import { endOf } from "../../core/table/entry";
import { gapsOf, layoutOf } from "../../core/table/layout";
import { isPrimary } from "../../core/table/subtypes";
import { placeRows } from "../../core/table/table";
import { applied, read } from "../core/edit/editing";
import { hostileTables, wrongTables } from "../support/tables";
import { anyIntent, orderlyTable, wrongTable } from "./layoutTables";

const RUNS = 500;

const facts: fc.Arbitrary<Facts> = fc
  .constantFrom<Partial<Facts>>(
    {},
    { flashSize: 0x400000 },
    { flashSize: 0x100000, secure: "v1" },
    { primaryBootloaderOffset: 0x1000, tableOffset: 0x10000 },
    { primaryBootloaderOffset: 0, recoveryBootloaderOffset: 0x20000 },
  )
  .map((known) => ({ ...noFacts, environment: { SIZE: "0x8000" }, ...known }));

const anyTable = fc.oneof(orderlyTable, wrongTable);

const unnumbered = (rows: readonly LayoutRow[]) => rows.map(({ row: _, ...fields }) => fields);

const placesByRow = (rows: readonly LayoutRow[], known: Facts): Map<number, string> =>
  new Map(placeRows(rows, known).map(({ row, offset, size }) => [row, `${offset}+${size}`]));

/** The lines of the text that are no rows, in order, and those that are. An empty one at the very end is no line. */
const linesOf = (text: string, known: Facts) => {
  const { lines, rows } = parseCsv(text, known.environment);
  const textOf = ({ span }: { span: { start: number; end: number } }) => text.slice(span.start, span.end);
  const others = lines.filter(({ kind }) => kind !== "row").map(textOf);
  return { others: others.filter((line) => line !== ""), rows: rows.map(textOf) };
};

describe("an intent on the text is the intent on the rows", () => {
  it("gives the same rows, leaves everything else as it is, and refuses the same", () => {
    fc.assert(
      fc.property(anyTable, facts, anyIntent, (text, known, intent) => {
        fc.pre(intent.kind !== "write");
        const analysis = read(text, known);
        const before = layoutRows(analysis.table);
        const onRows = applyIntent(before, intent, known);
        const result = editText(analysis, intent);
        if (!result.ok) {
          const isOfText = /\$VARIABLE|^The name cannot/.test(result.message);
          const isOfRows = !onRows.ok && onRows.message === result.message;
          expect(isOfText || isOfRows, result.message).toBe(true);
          return;
        }
        if (!onRows.ok) return expect.fail(`not refused: ${onRows.message}`);
        const after = applied(text, result.edits);
        const shown = `${text}\n---\n${after}`;
        expect(unnumbered(layoutRows(read(after, known).table)), shown).toEqual(unnumbered(onRows.rows));

        const [old, now] = [linesOf(text, known), linesOf(after, known)];
        expect(now.others, shown).toEqual(old.others);
        for (const [index, row] of onRows.rows.entries())
          if (before.includes(row)) expect(now.rows[index], shown).toBe(old.rows[row.row]);
      }),
      { numRuns: 4 * RUNS },
    );
  });

  it("is never refused for its text where no variable and no name is in the way", () => {
    fc.assert(
      fc.property(orderlyTable, facts, anyIntent, (text, known, intent) => {
        fc.pre(intent.kind !== "write" && (intent.kind !== "add" || /^ ?\w+ ?$/.test(intent.name)));
        const analysis = read(text, known);
        expect(editText(analysis, intent).ok).toBe(applyIntent(layoutRows(analysis.table), intent, known).ok);
      }),
      { numRuns: RUNS },
    );
  });

  it("moves no partition that was not named", () => {
    fc.assert(
      fc.property(anyTable, facts, anyIntent, (text, known, intent) => {
        fc.pre(intent.kind !== "write" && intent.kind !== "reorder");
        const before = layoutRows(read(text, known).table);
        const onRows = applyIntent(before, intent, known);
        if (!onRows.ok) return;
        const after = placesByRow(onRows.rows, known);
        const named = new Map(
          intent.kind === "place" ? intent.places.map((place) => [place.row, place] as const) : [],
        );
        for (const [row, place] of placesByRow(before, known)) {
          const wanted = named.get(row);
          if (wanted) expect(after.get(row)).toBe(`${wanted.offset}+${wanted.size}`);
          else if (intent.kind !== "delete" || intent.row !== row) expect(after.get(row)).toBe(place);
        }
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it("reordering moves nothing outside of what lies between, and lets nothing overlap", () => {
    fc.assert(
      fc.property(orderlyTable, facts, anyIntent, (text, known, intent) => {
        fc.pre(intent.kind === "reorder" && known.tableOffset === 0x8000);
        if (intent.kind !== "reorder") return;
        const before = layoutRows(read(text, known).table);
        const onRows = applyIntent(before, intent, known);
        if (!onRows.ok) return;
        const [old, now] = [placesByRow(before, known), placesByRow(onRows.rows, known)];
        const [from, to] = [intent.row, intent.before ?? before.length];
        for (const { row } of before)
          if (row < Math.min(from, to) || Math.max(from, to) < row) expect(now.get(row)).toBe(old.get(row));
        expect(overlaps(onRows.rows, known)).toBe(0);
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it("typing changes the fields that were typed and nothing else", () => {
    fc.assert(
      fc.property(anyTable, facts, anyIntent, (text, known, intent) => {
        fc.pre(intent.kind === "write");
        const analysis = read(text, known);
        const result = editText(analysis, intent);
        if (!result.ok || intent.kind !== "write") return;
        const after = applied(text, result.edits);
        const [old, now] = [linesOf(text, known), linesOf(after, known)];
        expect(now.others).toEqual(old.others);
        expect(now.rows.toSpliced(intent.row, 1)).toEqual(old.rows.toSpliced(intent.row, 1));
        for (const [column, typed] of Object.entries(intent.cells))
          if (typed?.trim()) expect(now.rows[intent.row], column).toContain(typed.trim());
      }),
      { numRuns: RUNS },
    );
  });

  it("throws for no text", { timeout: 120_000 }, () => {
    const intents: LayoutIntent[] = [
      { kind: "place", places: [{ row: 1, offset: 0x300000, size: 0x1000 }] },
      { kind: "add", name: "vfs", type: "data", subtype: "fat", offset: 0x200000, size: 0x10000 },
      { kind: "delete", row: 0 },
      { kind: "reorder", row: 2, before: 0 },
      { kind: "write", row: 0, cells: { size: "64K", flags: "readonly" } },
    ];
    for (const [what, text] of Object.entries({ ...wrongTables, ...hostileTables })) {
      const analysis = read(text, { ...noFacts, flashSize: 0x400000 });
      for (const intent of intents) expect(() => editText(analysis, intent), what).not.toThrow();
      const rows = layoutRows(analysis.table);
      for (const handle of handles)
        expect(() => dragTo(rows, analysis.facts, 1, handle, 0x300000, 0x1000), what).not.toThrow();
    }
  });
});

const handles: readonly Handle[] = ["start", "end", "body"];

const drag = fc.record({
  row: fc.integer({ min: 0, max: 9 }),
  handle: fc.constantFrom(...handles),
  to: fc.oneof(
    fc.integer({ min: 0, max: 0x400000 }),
    fc.integer({ min: 8, max: 0x60 }).map((sector) => sector * 0x1000),
  ),
  step: fc.constantFrom(0x1000, 0x10000),
});

/** The address of a handle when the partition lies there. */
const reached = (place: Place, handle: Handle): number => (handle === "end" ? endOf(place) : place.offset);

function overlaps(rows: readonly LayoutRow[], known: Facts): number {
  const placed = placeRows(rows, known)
    .filter(({ type, subtype, size }) => size > 0 && !isPrimary(type, subtype))
    .sort((a, b) => a.offset - b.offset);
  return placed.filter((entry, index) => entry.offset < endOf(placed[index - 1] ?? { offset: 0, size: 0 }))
    .length;
}

describe("a drag", () => {
  it("stays within its limits, on its steps, and is taken by the rows", () => {
    fc.assert(
      fc.property(anyTable, facts, drag, (text, known, { row, handle, to, step }) => {
        const rows = layoutRows(read(text, known).table);
        const limits = dragLimits(rows, known, row, handle);
        const places = dragTo(rows, known, row, handle, to, step);
        const own = places.find((place) => place.row === row);
        if (!limits || !own) {
          expect(places).toEqual([]);
          return;
        }
        const at = reached(own, handle);
        expect(limits.min <= at && at <= limits.max).toBe(true);
        expect(at % limits.step).toBe(0);
        if (limits.min < at && at < limits.max && handle !== "body") expect(at % step).toBe(0);

        const onRows = applyIntent(rows, { kind: "place", places }, known);
        if (!onRows.ok) return expect.fail(onRows.message);
        expect(dragTo(onRows.rows, known, row, handle, at, step)).toEqual([]);
        if (handle === "body") expect(dragTo(onRows.rows, known, row, handle, to, step)).toEqual([]);
      }),
      { numRuns: 4 * RUNS },
    );
  });

  it("lets nothing overlap and nothing lie beyond the end of flash that did not", () => {
    fc.assert(
      fc.property(orderlyTable, facts, drag, (text, known, { row, handle, to, step }) => {
        fc.pre(known.tableOffset === 0x8000);
        const rows = layoutRows(read(text, known).table);
        expect(overlaps(rows, known)).toBe(0);
        const places = dragTo(rows, known, row, handle, to, step);
        const onRows = applyIntent(rows, { kind: "place", places }, known);
        if (!onRows.ok) return expect.fail(onRows.message);
        expect(overlaps(onRows.rows, known)).toBe(0);
        const end = (of: readonly LayoutRow[]) => Math.max(0, ...placeRows(of, known).map(endOf));
        if (known.flashSize !== undefined)
          expect(end(onRows.rows)).toBeLessThanOrEqual(Math.max(known.flashSize, end(rows)));
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it("reaches its limits", () => {
    fc.assert(
      fc.property(anyTable, facts, drag, (text, known, { row, handle, step }) => {
        const rows = layoutRows(read(text, known).table);
        const limits = dragLimits(rows, known, row, handle);
        const present = placeRows(rows, known).find((entry) => entry.row === row);
        if (!limits || !present) return;
        for (const limit of [limits.min, limits.max]) {
          const own = dragTo(rows, known, row, handle, limit, step).find((place) => place.row === row);
          expect(reached(own ?? { row, offset: present.offset, size: present.size }, handle)).toBe(limit);
        }
      }),
      { numRuns: 2 * RUNS },
    );
  });
});

describe("what is offered", () => {
  it("is taken by the rows, and nothing overlaps", () => {
    fc.assert(
      fc.property(orderlyTable, facts, drag, (text, known, { row, to }) => {
        fc.pre(known.tableOffset === 0x8000);
        const rows = layoutRows(read(text, known).table);
        const offers = [fillRest(rows, known, row), fitToBinary(rows, known, row, to + 1, 10)].flatMap(
          (wanted) => (wanted.ok ? [wanted.intent] : []),
        );
        const gaps = gapsOf(layoutOf(placeRows(rows, known), known));
        for (const intent of [
          ...offers,
          ...gaps.flatMap((gap) => newPartition(rows, known, gap)).map((each) => each.intent),
        ]) {
          if (intent.kind === "write") continue;
          const onRows = applyIntent(rows, intent, known);
          if (!onRows.ok) return expect.fail(onRows.message);
          expect(overlaps(onRows.rows, known)).toBe(0);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
