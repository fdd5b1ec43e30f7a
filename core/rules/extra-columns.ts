import { type CsvDocument, type CsvRow, cellOf, columns } from "../table/csv";
import { liftComment, setCell } from "../table/edit";
import type { ReadRow } from "../table/read";
import { COREDUMP, DATA, OTADATA } from "../table/subtypes";
import { lineEndOf } from "../text/lines";
import { span } from "../text/span";
import { defineRule, type Fix } from "./rule";

export default defineRule({
  id: "extra-columns",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "What stands behind the sixth column is ignored.",
  why: "A row has six columns. Espressif's tool drops the rest without a word: a comment is harmless there until a comma goes missing, but a second flag is lost.",
  source: "`PartitionDefinition.from_csv` in gen_esp32part.py, which reads six fields",
  *check({ csv, table }) {
    for (const read of table.rows) {
      const { row } = read;
      const extra = row.cells.slice(columns.length);
      const [first] = extra.filter(({ text }) => text !== "");
      const last = extra.at(-1);
      if (!first || !last) continue;
      yield {
        at: span(first.span.start, last.outer.end),
        message: isFlag(first.text)
          ? `The flag '${first.text}' stands in a seventh column, which is ignored. Separate flags by colons: encrypted:readonly`
          : "This stands behind the sixth column and is ignored. The format has comments only on lines of their own, beginning with #.",
        fixes: [isFlag(first.text) ? joinFlags(read) : ownLine(csv, row)],
      };
    }
  },
});

const isFlag = (text: string): boolean => text === "encrypted" || text === "readonly";

/** The device writes to these two itself, so the tool refuses the flag. */
const mayBeReadonly = (type: number | undefined, subtype: number | undefined): boolean =>
  !(type === DATA && (subtype === OTADATA || subtype === COREDUMP));

function joinFlags({ row, type, subtype }: ReadRow): Fix {
  const flags = row.cells
    .slice(columns.indexOf("flags"))
    .flatMap(({ text }) => text.split(":"))
    .filter((flag) => isFlag(flag) && (flag !== "readonly" || mayBeReadonly(type, subtype)));
  const joined = [...new Set(flags)].join(":");
  const rest = span(cellOf(row, "flags").outer.end, row.cells.at(-1)?.outer.end ?? row.span.end);
  return {
    title: joined === "" ? "Remove the flag" : `Change the flags to ${joined}`,
    edits: [setCell(row, "flags", joined), { span: rest, newText: "" }],
  };
}

const ownLine = (csv: CsvDocument, row: CsvRow): Fix => ({
  title: "Move it to a comment on a line of its own",
  edits: liftComment(csv, row, cellOf(row, "flags").outer.end, lineEndOf(csv.text)),
});
