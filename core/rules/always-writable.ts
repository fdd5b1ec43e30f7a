import { cellOf } from "../table/csv";
import { setCell } from "../table/edit";
import { COREDUMP, DATA, OTADATA } from "../table/subtypes";
import { defineRule, quoted } from "./rule";

export default defineRule({
  id: "always-writable",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "otadata and coredump partitions cannot be read-only.",
  why: "They exist to be written: by an update, and after a crash.",
  source: "`PartitionDefinition.verify` in gen_esp32part.py (ESP-IDF v5.2 and newer)",
  *check({ table }) {
    for (const entry of table.entries) {
      const mustBeWritable = entry.type === DATA && (entry.subtype === OTADATA || entry.subtype === COREDUMP);
      if (!mustBeWritable || !entry.readonly) continue;
      yield {
        at: cellOf(entry.row, "flags").span,
        message: `${quoted(entry)} holds ${entry.subtype === OTADATA ? "otadata" : "a core dump"}, which must be writable. Remove the flag readonly.`,
        fixes: [
          {
            title: "Remove the flag readonly",
            edits: [setCell(entry.row, "flags", entry.encrypted ? "encrypted" : "")],
          },
        ],
      };
    }
  },
});
