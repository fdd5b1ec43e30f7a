import type { EncodedTable } from "../export/encodedTable";
import { compiledBytes, type TableArray } from "../export/tableArray";
import { TABLE_SECTOR } from "../table/options";
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
    const { changes, encoded } = changesOfHeader(subject) ?? {};
    const name = subject.facts.header?.name ?? "";
    if (!changes || !encoded) return;
    if (!changes.ok)
      yield {
        ...wholeTable(subject),
        message: `${name} cannot be brought up to date with this table. ${changes.message}`,
      };
    else if (changes.value.bytes.length > 0)
      yield {
        ...wholeTable(subject),
        message: `The array final_table in ${name} ${arrayWords(changes.value.array, encoded)} Export the table again, then build the repartitioner again.`,
        fixes: [exportAgain],
      };
  },
});

/** The published repartitioner has an array of 384 bytes and writes 4096 from it. */
function arrayWords(array: TableArray, { table }: EncodedTable): string {
  const bytes = compiledBytes(array);
  const isBeginning = bytes.length > 0 && bytes.every((byte, at) => byte === (table[at] ?? 0xff));
  return isBeginning
    ? `holds this table, but only ${bytes.length} of the ${TABLE_SECTOR} bytes of its flash sector: the repartitioner would write whatever stands behind it in its own program as well.`
    : "does not hold this table, so the repartitioner would write another one.";
}
