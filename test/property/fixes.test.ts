import fc from "fast-check";
import { expect, it } from "vitest";
import { type Analysis, analyse } from "../../core/analyse";
import { type Facts, noFacts } from "../../core/facts";
import type { Problem } from "../../core/rules/rule";
import { applyEdits, type TextEdit } from "../../core/text/span";
import { parseFacts } from "../support/parseFixture";

/** Small tables with all the mistakes that the rules know, and facts of all kinds. */
const name = fc.constantFrom(
  "nvs",
  "otadata",
  "app0",
  "app1",
  "vfs",
  "ffat",
  "spiffs",
  "",
  "a_name_of_more_than_16_bytes",
);
const kind = fc.constantFrom(
  ...[
    "data, nvs",
    "data, ota",
    "data, phy",
    "data, fat",
    "data, spiffs",
    "data,",
    "0x40, 1",
    "bootloader, primary",
  ],
  ...[
    "app, factory",
    "app, ota_0",
    "app, ota_1",
    "app, ota_3",
    "app, test",
    "app,",
    "partition_table, primary",
    "dat, nvs",
  ],
);
const offset = fc.constantFrom(
  "",
  "",
  "",
  "0x9000",
  "0xe000",
  "0x10000",
  "0x150000",
  "0x200000",
  "0x8000",
  "0x310000",
  "0x11000",
  "-1",
);
const size = fc.constantFrom(
  "0x2000",
  "0x6000",
  "24K",
  "1M",
  "0x140000",
  "0x180000",
  "17M",
  "0",
  "",
  "1000",
  "-0x400000",
  "1.5M",
  "$SIZE",
);
const flags = fc.constantFrom(
  "",
  "",
  "",
  ",",
  ", readonly",
  ", encrypted",
  ", encrypted, readonly",
  ", , # note",
  ", Encrypted",
);
const row = fc.tuple(name, kind, offset, size, flags).map(([n, k, o, s, f]) => `${n}, ${k}, ${o}, ${s}${f}`);
const table = fc
  .tuple(fc.array(row, { maxLength: 7 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([rows, eol, last]) => rows.join(eol) + (last ? eol : ""));
const facts = fc
  .constantFrom(
    ...[
      "",
      "flash=4MB",
      "flash=16MB",
      "chip=esp32s3 bootloader=0x0",
      "secure=v1",
      "md5=off micropython=1464336",
    ],
    ...[
      "flash=4MB micropython=1464336",
      "micropython=1672800:v1.23.0",
      "flash=4MB micropython=1672800:v1.26.0",
    ],
    ...[
      "chip=esp32 micropython=900000:v1.11.0",
      "chip=esp32s3 micropython=1464336::combined",
      "micropython=0::unusable",
    ],
  )
  .map(
    (text): Facts => ({
      ...noFacts,
      environment: { SIZE: "0x8000" },
      ...(text === "" ? {} : parseFacts(text)),
    }),
  );

const RUNS = 300;
const MAX_FIXES = 60;
/** Milliseconds; a busy machine takes its time. */
const TIMEOUT = 60_000;

it(
  "every edit of a fix lies in the text, and no two edits of a fix touch the same characters",
  () => {
    fc.assert(
      fc.property(table, facts, (text, known) => {
        for (const { id, edits } of allFixes(analyse(text, known))) {
          const spans = edits.map((edit) => edit.span).sort((a, b) => a.start - b.start || a.end - b.end);
          for (const { start, end } of spans)
            expect(0 <= start && start <= end && end <= text.length, id).toBe(true);
          for (const [i, { start }] of spans.entries())
            expect((spans[i - 1]?.end ?? 0) <= start, id).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT,
);

it(
  "every fix that is offered removes its problem and makes the tool refuse nothing new",
  () => {
    fc.assert(
      fc.property(table, facts, (text, known) => {
        const before = analyse(text, known);
        // As long as a row cannot be read, its other mistakes do not show.
        fc.pre(before.table.rows.every(({ faults }) => faults.length === 0));
        for (const { id, edits } of allFixes(before)) {
          const after = analyse(applyEdits(text, edits), known);
          const shown = `${id}\n${text}\n---\n${after.csv.text}`;
          if (!ofPlace.has(id)) expect(count(after, id), shown).toBeLessThan(count(before, id));
          expect(refusals(after), shown).toBeLessThanOrEqual(refusals(before));
        }
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT,
);

it(
  "applying first fixes one after the other comes to an end",
  () => {
    fc.assert(
      fc.property(table, facts, (text, known) => {
        let current = analyse(text, known);
        for (let applied = 0; ; applied++) {
          const edits = current.problems.map(firstEdits).find((found) => found !== undefined);
          if (!edits) break;
          expect(applied, `no end:\n${text}\n---\n${current.csv.text}`).toBeLessThan(MAX_FIXES);
          current = analyse(applyEdits(current.csv.text, edits), known);
        }
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT,
);

function firstEdits({ fixes }: Problem): readonly TextEdit[] | undefined {
  const [first] = fixes ?? [];
  return first && "edits" in first ? first.edits : undefined;
}

const allFixes = ({ problems }: Analysis) =>
  problems.flatMap(({ id, fixes = [] }) =>
    fixes.flatMap((fix) => ("edits" in fix ? [{ id, edits: fix.edits }] : [])),
  );

const count = ({ problems }: Analysis, id: string): number =>
  problems.filter((problem) => problem.id === id).length;

/** In a jumbled table the same row is told as overlapping or as out of order, so only their place counts, not their name. */
const ofPlace = new Set(["overlap", "offset-order", "overlaps-table"]);

const refusals = ({ problems }: Analysis): number =>
  problems.filter(({ id, severity, stage }) => severity === "error" && stage !== "device" && !ofPlace.has(id))
    .length;
