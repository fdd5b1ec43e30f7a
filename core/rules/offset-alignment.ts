import { setCell, setNumber } from "../table/edit";
import { firstFreeOffset } from "../table/options";
import { APP, offsetAlignment } from "../table/subtypes";
import { alignDown, alignUp, hex } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { fixesThatMend } from "./support/room";

export default defineRule({
  id: "offset-alignment",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "An app must begin at a multiple of 0x10000, everything else at a multiple of 0x1000.",
  why: "Code runs from flash that is mapped in pages of 64 KB, so an app can only begin at one. Flash is erased in sectors of 4 KB, so two partitions must not share one.",
  source: "`PartitionDefinition.verify` in gen_esp32part.py (4 KB for data since ESP-IDF v5.0)",
  *check(subject) {
    for (const entry of subject.table.entries) {
      const alignment = offsetAlignment(entry.type);
      if (entry.type === undefined || entry.offset % alignment === 0) continue;
      const places = [alignDown(entry.offset, alignment), alignUp(entry.offset, alignment)];
      const nearestFirst = places.toSorted((a, b) => Math.abs(a - entry.offset) - Math.abs(b - entry.offset));
      yield {
        at: fieldSpan(entry, "offset"),
        message: `${quoted(entry)} begins at ${hex(entry.offset)}; ${entry.type === APP ? "an app" : "a partition"} must begin at a multiple of ${hex(alignment)}: ${places.map(hex).join(" or ")}.`,
        fixes: fixesThatMend(subject, "offset-alignment", [
          ...nearestFirst
            .filter((place) => firstFreeOffset(subject.facts) <= place)
            .map((place) => ({
              title: `Move ${quoted(entry)} to ${hex(place)}`,
              edits: [setNumber(entry.row, "offset", place)],
            })),
          { title: "Leave the offset blank", edits: [setCell(entry.row, "offset", "")] },
        ]),
      };
    }
  },
});
