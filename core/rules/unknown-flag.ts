import { type CsvDocument, type CsvRow, cellOf } from "../table/csv";
import { liftComment, setCell } from "../table/edit";
import { lineEndOf } from "../text/lines";
import { defineRule, type Fix } from "./rule";
import { isHeading } from "./support/heading";

export default defineRule({
  id: "unknown-flag",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "The flags are `encrypted` and `readonly`, separated by a colon.",
  why: "Flags are case-sensitive, and no space is allowed around the colon. A comment behind a row ends up in this column.",
  source: "`PartitionDefinition.from_csv` in gen_esp32part.py (`readonly` since ESP-IDF v5.2)",
  *check({ csv, table }) {
    for (const { row, faults } of table.rows) {
      const unknown = faults.filter((fault) => fault.kind === "flag").map(({ flag }) => `'${flag}'`);
      if (unknown.length === 0 || isHeading(row)) continue;
      yield {
        at: cellOf(row, "flags").span,
        message: `Unknown flag ${unknown.join(" and ")}. Write encrypted, readonly or encrypted:readonly.`,
        fixes: repairs(csv, row),
      };
    }
  },
});

const FLAGS = ["encrypted", "readonly"];

function repairs(csv: CsvDocument, row: CsvRow): Fix[] {
  const { text, span } = cellOf(row, "flags");
  const comment = /\s*(#|\/\/)/.exec(text);
  if (comment && row.verbatim) {
    const from = span.start + comment.index;
    return [
      {
        title: "Move the comment to a line of its own",
        edits: liftComment(csv, row, from, lineEndOf(csv.text)),
      },
    ];
  }
  const words = text
    .toLowerCase()
    .split(/[\s:|;+&]+/)
    .map((word) => word.replace(/[-_]/g, ""));
  if (!words.every((word) => FLAGS.includes(word))) return [];
  const flags = FLAGS.filter((flag) => words.includes(flag)).join(":");
  return [{ title: `Change to ${flags}`, edits: [setCell(row, "flags", flags)] }];
}
