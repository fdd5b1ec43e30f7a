import { slotNumber } from "../ota/slots";
import { cellOf } from "../table/csv";
import type { ReadRow } from "../table/read";
import { APP, isOtaSlot, OTA_0, OTA_SLOTS, subtypeName } from "../table/subtypes";
import { defineRule, type Fix, quoted } from "./rule";
import { renumber } from "./support/renumber";

export default defineRule({
  id: "ota-duplicate",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "Every app slot needs a subtype of its own.",
  why: "The bootloader keeps one app for each subtype, the last one in the table, but counts all of them. Updates then select slots that are not there.",
  source:
    "`bootloader_utility_load_partition_table` in ESP-IDF's bootloader_utility.c; Espressif's tool accepts it",
  *check({ table: { rows } }) {
    const seen = new Map<number, ReadRow>();
    for (const read of rows) {
      if (read.type !== APP || read.subtype === undefined) continue;
      const first = seen.get(read.subtype);
      if (!first) {
        seen.set(read.subtype, read);
        continue;
      }
      const word = subtypeName(APP, read.subtype);
      yield {
        at: cellOf(read.row, "subtype").span,
        message: `${quoted(first)} is ${word} already. The bootloader would use only ${quoted(read)}; give it another subtype or remove it.`,
        related: [{ at: cellOf(first.row, "subtype").span, message: `${quoted(first)} is ${word} first.` }],
        fixes: nextFree(rows, read),
      };
    }
  },
});

/** Other subtypes than update slots have no numbers to choose from. */
function nextFree(rows: readonly ReadRow[], read: ReadRow): Fix[] {
  if (!isOtaSlot(read.type, read.subtype)) return [];
  const taken = new Set(rows.filter(({ type, subtype }) => isOtaSlot(type, subtype)).map(slotNumber));
  const free = Array.from({ length: OTA_SLOTS }, (_, number) => number).find((number) => !taken.has(number));
  if (free === undefined) return [];
  const edits = renumber(rows, read, OTA_0 + free);
  return [{ title: `Make ${quoted(read)} ota_${free}`, edits }];
}
