import { rowSpan } from "../table/csv";
import { setCell } from "../table/edit";
import { endOf } from "../table/entry";
import { firstFreeOffset } from "../table/options";
import type { ReadRow } from "../table/read";
import { offsetAlignment } from "../table/subtypes";
import { alignUp, hex, sizeText } from "../text/units";
import { defineRule, type Fix, type Subject } from "./rule";
import { fixesThatFit } from "./support/room";

export default defineRule({
  id: "size-empty",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "Every partition needs a size.",
  why: "Offsets may stay blank, sizes may not.",
  source: "`PartitionDefinition.from_csv` in gen_esp32part.py",
  *check(subject) {
    for (const read of subject.table.rows) {
      // A row of a single field has no type either, and that says it all.
      if (read.row.cells.length === 1 || !read.faults.some(({ kind }) => kind === "size-empty")) continue;
      yield {
        at: rowSpan(read.row),
        message: "The size is missing. Write it like 0x10000, 64K or 1M.",
        fixes: fixesThatFit(subject, fillTheRest(subject, read)),
      };
    }
  },
});

/** Up to where the next row begins, or to the end of flash where that is known. */
function fillTheRest(
  { table, facts }: Subject,
  read: ReadRow,
): (Fix & { edits: [ReturnType<typeof setCell>] })[] {
  const index = table.rows.indexOf(read);
  const before = table.entries.findLast(({ row }) => row.number < read.row.number);
  if (index > 0 && before?.row !== table.rows[index - 1]?.row) return [];
  const lowest = before ? endOf(before) : firstFreeOffset(facts);
  const offset = read.offset ?? alignUp(lowest, offsetAlignment(read.type));
  const next = table.rows[index + 1];
  const end = next ? next.offset : facts.flashSize;
  if (end === undefined || end <= offset) return [];
  const edit = setCell(read.row, "size", hex(end - offset));
  return [{ title: `Fill the space up to ${hex(end)} (${sizeText(end - offset)})`, edits: [edit] }];
}
