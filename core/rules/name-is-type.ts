import { cellOf } from "../table/csv";
import { partitionTypes, typeName } from "../table/subtypes";
import { defineRule } from "./rule";

export default defineRule({
  id: "name-is-type",
  severity: "warning",
  stage: "verify",
  needs: [],
  summary: "A partition is named like a type that it does not have.",
  why: "Espressif's tool warns, because the columns are easily mixed up.",
  source: "`PartitionDefinition.verify` in gen_esp32part.py",
  *check({ table }) {
    for (const { name, type, row } of table.entries) {
      const meant = partitionTypes.find((known) => known.name === name);
      if (!meant || type === undefined || meant.value === type) continue;
      yield {
        at: cellOf(row, "name").span,
        message: `'${name}' is also the name of a type, but this partition has type ${typeName(type)}. Check that no column was mixed up.`,
      };
    }
  },
});
