import { cellOf } from "../table/csv";
import { partitionTypes, subtypeName, subtypesOf, typeName } from "../table/subtypes";
import { defineRule } from "./rule";

export default defineRule({
  id: "name-is-subtype",
  severity: "warning",
  stage: "verify",
  needs: [],
  summary: "A partition is named like a subtype that it does not have.",
  why: "Espressif's tool warns, because the columns are easily mixed up.",
  source: "`PartitionDefinition.verify` in gen_esp32part.py",
  *check({ table, facts: { extraSubtypes } }) {
    for (const { name, type, subtype, row } of table.entries) {
      if (type === undefined || subtype === undefined) continue;
      const isSubtype = partitionTypes.some((of) =>
        subtypesOf(of.value, extraSubtypes).some((known) => known.name === name),
      );
      const own = subtypesOf(type, extraSubtypes).find((known) => known.name === name)?.value;
      if (!isSubtype || own === subtype) continue;
      yield {
        at: cellOf(row, "name").span,
        message: `'${name}' is also the name of a subtype, but this partition is ${typeName(type)}, ${subtypeName(type, subtype, extraSubtypes)}. Check that no column was mixed up.`,
      };
    }
  },
});
