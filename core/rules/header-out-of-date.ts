import { defineRule } from "./rule";
import { changesOfHeader, exportAgain } from "./support/header";
import { wholeTable } from "./support/space";

export default defineRule({
  id: "header-out-of-date",
  severity: "warning",
  stage: "device",
  needs: ["header"],
  summary: "The header of the repartitioner must hold the table as it is now.",
  why: "The repartitioner writes the bytes that were compiled into it. While its header holds an older table, the devices get that one, whatever this file says.",
  source: "`final_table` and `write_partition_table` in the repartition.h of the published repartitioner",
  *check(subject) {
    const changes = changesOfHeader(subject);
    const name = subject.facts.header?.name ?? "";
    if (!changes) return;
    if (!changes.ok)
      yield {
        ...wholeTable(subject),
        message: `${name} cannot be brought up to date with this table. ${changes.message}`,
      };
    else if (changes.value.bytes.length > 0)
      yield {
        ...wholeTable(subject),
        message: `The array final_table in ${name} does not hold this table, so the repartitioner would write another one. Export it again, then build the repartitioner again.`,
        fixes: [exportAgain],
      };
  },
});
