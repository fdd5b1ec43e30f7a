import { kindsKnown, otaRows } from "../ota/slots";
import { rowSpan } from "../table/csv";
import { DATA, OTADATA } from "../table/subtypes";
import { defineRule, quoted } from "./rule";

export default defineRule({
  id: "otadata-unused",
  severity: "information",
  stage: "device",
  needs: [],
  summary: "otadata has no use without update slots.",
  why: "otadata selects one of the slots ota_0, ota_1, … A table that has none wastes 8 KB, or lacks its slots.",
  source: "`bootloader_utility_get_selected_boot_partition` in ESP-IDF's bootloader_utility.c",
  *check(subject) {
    if (otaRows(subject.table).length > 0 || !kindsKnown(subject)) return;
    const unused = subject.table.rows.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
    if (!unused) return;
    yield {
      at: rowSpan(unused.row),
      message: `${quoted(unused)} selects update slots, but the table has none. Add ota_0 and ota_1, or remove it.`,
    };
  },
});
