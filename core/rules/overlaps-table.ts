import { cellOf } from "../table/csv";
import { setCell, setNumber } from "../table/edit";
import { firstFreeOffset } from "../table/options";
import { isPrimary, offsetAlignment } from "../table/subtypes";
import { alignUp, hex } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { fixesThatMend } from "./support/room";

export default defineRule({
  id: "overlaps-table",
  severity: "error",
  stage: "place",
  needs: [],
  summary: "No partition may begin before the end of the partition table.",
  why: "The table occupies the whole sector at its offset (0x8000 unless configured otherwise); the bootloader lies before it. The first free offset is 0x1000 behind the table.",
  source: "`PartitionTable.from_csv` and `verify` in gen_esp32part.py",
  *check(subject) {
    const { facts, table } = subject;
    const lowest = firstFreeOffset(facts);
    for (const entry of table.entries) {
      if (isPrimary(entry.type, entry.subtype) || lowest <= entry.offset) continue;
      const free = alignUp(Math.max(lowest, entry.previousEnd ?? 0), offsetAlignment(entry.type));
      yield {
        at: fieldSpan(entry, cellOf(entry.row, "offset").text === "" ? "size" : "offset"),
        message: `${quoted(entry)} begins at ${hex(entry.offset)}, but the partition table occupies ${hex(facts.tableOffset)} to ${hex(lowest)}. Use ${hex(free)} or higher.`,
        fixes: fixesThatMend(subject, "overlaps-table", [
          { title: `Move ${quoted(entry)} to ${hex(free)}`, edits: [setNumber(entry.row, "offset", free)] },
          { title: "Leave the offset blank", edits: [setCell(entry.row, "offset", "")] },
        ]),
      };
    }
  },
});
