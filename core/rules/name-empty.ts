import { rowSpan } from "../table/csv";
import { setCell } from "../table/edit";
import { freeName } from "../table/label";
import { defineRule } from "./rule";
import { usualName } from "./support/label";

export default defineRule({
  id: "name-empty",
  severity: "information",
  stage: "device",
  needs: [],
  summary: "A partition without a name can only be found by its type.",
  why: "Firmware, tools and people find partitions by name. The table accepts one without.",
  source: "`esp_partition_find_first` of ESP-IDF, which takes a label",
  *check({ table: { rows } }) {
    const names = new Set(rows.map(({ name }) => name));
    for (const { name, type, subtype, row } of rows) {
      if (name !== "" || type === undefined || subtype === undefined) continue;
      const candidate = freeName(usualName(type, subtype), names);
      names.add(candidate);
      yield {
        at: rowSpan(row),
        message: `This partition has no name, so firmware cannot find it by name. '${candidate}' would be free.`,
        fixes: [{ title: `Call it '${candidate}'`, edits: [setCell(row, "name", candidate)] }],
      };
    }
  },
});
