import { moveRowBefore } from "../table/edit";
import type { PlacedEntry } from "../table/entry";
import { firstFreeOffset } from "../table/options";
import { lineEndOf } from "../text/lines";
import { hex } from "../text/units";
import { defineRule, quoted, type Subject } from "./rule";
import { fieldSpan } from "./support/entries";
import { overlappingPairs } from "./support/overlaps";
import { fixesThatMend } from "./support/room";

export default defineRule({
  id: "offset-order",
  severity: "error",
  stage: "place",
  needs: [],
  summary: "Rows must stand in the order of their offsets.",
  why: "Espressif's tool places the rows from top to bottom and never looks back, so it refuses a row that begins before the previous one ends, even where the space is free.",
  source: "`PartitionTable.from_csv` in gen_esp32part.py (ESP-IDF v3.2 and newer)",
  *check(subject) {
    const lowest = firstFreeOffset(subject.facts);
    const overlapping = new Set([...overlappingPairs(subject.table.entries, lowest)].flat());
    for (const entry of subject.table.entries) {
      const { previousEnd, offset } = entry;
      if (entry.automatic || previousEnd === undefined || previousEnd <= offset) continue;
      if (offset < lowest || overlapping.has(entry)) continue;
      yield {
        at: fieldSpan(entry, "offset"),
        message: `${quoted(entry)} at ${hex(offset)} stands behind a row that ends at ${hex(previousEnd)}. Rows must be in the order of their offsets.`,
        fixes: fixesThatMend(subject, "offset-order", moveUp(subject, entry)),
      };
    }
  },
});

/** In front of the first row that lies higher in flash. */
function moveUp({ csv, table }: Subject, entry: PlacedEntry) {
  const above = table.entries.find(
    (other) => entry.offset < other.offset && other.row.number < entry.row.number,
  );
  if (!above) return [];
  const edits = moveRowBefore(csv, entry.row, above.row, lineEndOf(csv.text));
  return [{ title: `Move the row of ${quoted(entry)} above ${quoted(above)}`, edits }];
}
