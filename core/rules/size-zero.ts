import { cellOf } from "../table/csv";
import { defineRule, quoted } from "./rule";

export default defineRule({
  id: "size-zero",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "A partition of size 0 holds nothing.",
  why: "Espressif's tool accepts it for all but nvs and otadata. The bootloader skips an app of size 0, and nothing can be stored in any other.",
  source: "`try_load_partition` in ESP-IDF's bootloader_utility.c",
  *check({ table: { rows } }) {
    for (const read of rows) {
      if (read.size !== 0) continue;
      yield {
        at: cellOf(read.row, "size").span,
        message: `${quoted(read)} has size 0 and can hold nothing. Give it a size or remove it.`,
      };
    }
  },
});
