import { cellOf } from "../table/csv";
import { setCell } from "../table/edit";
import { byteLength, freeName, isCut, keptName, storedLabel } from "../table/label";
import type { ReadRow } from "../table/read";
import { defineRule, type Finding, quoted } from "./rule";

export default defineRule({
  id: "name-cut",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "A name has at most 16 bytes; the rest of a longer one is lost.",
  why: "The table has 16 bytes for a name in UTF-8. Espressif's tool cuts longer ones without a word, and firmware that looks for the whole name finds nothing. Two names that begin alike can become the same name.",
  source:
    "`PartitionDefinition.to_binary` in gen_esp32part.py (`struct.pack('16s')`); `esp_partition_t.label`",
  *check({ table: { rows } }) {
    // A row of a single field is not a name but a row with other separators.
    const cut = rows.filter(({ name, row }) => row.cells.length > 1 && isCut(name));
    if (cut.length === 0) return;
    const names = new Set(rows.map(({ name }) => name));
    const labels = rows.map(({ name }) => storedLabel(name));
    for (const read of cut) yield findingOf(read, rows, labels, names);
  },
});

function findingOf(
  read: ReadRow,
  rows: readonly ReadRow[],
  labels: readonly string[],
  names: Set<string>,
): Finding {
  const { name, row } = read;
  const kept = keptName(name);
  const label = storedLabel(name);
  const twin = rows.find((other, index) => labels[index] === label && other.name !== name);
  const loss = twin
    ? `is then the name of ${quoted(twin)} too: firmware finds only one of the two. Give them names that differ in the first 16 bytes.`
    : "is all that firmware can find it by. Shorten it.";
  const shorter = freeName(kept, names);
  // Names that become equal get different ones, also when all are shortened at once.
  names.add(shorter);
  return {
    at: cellOf(row, "name").span,
    message: `The name ${quoted(read)} has ${byteLength(name)} bytes; the table keeps 16. '${kept}' ${loss}`,
    related: twin
      ? [{ at: cellOf(twin.row, "name").span, message: `${quoted(twin)} is cut to the same.` }]
      : [],
    fixes: [{ title: `Shorten to '${shorter}'`, edits: [setCell(row, "name", shorter)] }],
  };
}
