import { setCell, setNumber } from "../table/edit";
import { hex } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { fixesThatFit } from "./support/room";
import { isNvsTooSmall, SMALLEST_NVS } from "./support/sizes";

export default defineRule({
  id: "nvs-size",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "An nvs partition needs at least 0x3000 bytes unless it is read-only.",
  why: "NVS keeps one sector free to move entries into; with fewer than three it cannot be written.",
  source: "`PartitionDefinition.verify` in gen_esp32part.py (ESP-IDF v5.5 and newer)",
  *check(subject) {
    for (const entry of subject.table.entries.filter(isNvsTooSmall)) {
      const flags = entry.encrypted ? "encrypted:readonly" : "readonly";
      yield {
        at: fieldSpan(entry, "size"),
        message: `nvs ${quoted(entry)} has ${hex(entry.size)} bytes; at least 0x3000 (12 KB) are needed unless it is flagged readonly.`,
        fixes: fixesThatFit(subject, [
          {
            title: `Make ${quoted(entry)} 0x3000 bytes`,
            edits: [setNumber(entry.row, "size", SMALLEST_NVS)],
          },
          { title: `Flag ${quoted(entry)} as readonly`, edits: [setCell(entry.row, "flags", flags)] },
        ]),
      };
    }
  },
});
