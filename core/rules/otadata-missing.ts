import { kindsKnown, otaRows } from "../ota/slots";
import { cellOf } from "../table/csv";
import { DATA, OTADATA } from "../table/subtypes";
import { defineRule, type Fix, quoted, type Subject } from "./rule";
import { addRowFix, freeSpaces } from "./support/space";

const SIZE = 0x2000;

export default defineRule({
  id: "otadata-missing",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "A table with update slots needs an otadata partition.",
  why: "otadata says which slot starts next. Without it the bootloader always starts the factory app, or ota_0, and no update ever takes effect.",
  source:
    "`bootloader_utility_get_selected_boot_partition` in ESP-IDF's bootloader_utility.c; `esp_ota_set_boot_partition`, which fails with ESP_ERR_NOT_FOUND",
  *check(subject) {
    const [slot] = otaRows(subject.table);
    const isThere = subject.table.rows.some(({ type, subtype }) => type === DATA && subtype === OTADATA);
    if (!slot || isThere || !kindsKnown(subject)) return;
    yield {
      at: cellOf(slot.row, "subtype").span,
      message: `${quoted(slot)} is an update slot, but there is no otadata partition to select it. Add one of 0x2000 bytes: otadata, data, ota, , 0x2000`,
      fixes: added(subject),
    };
  },
});

function added(subject: Subject): Fix[] {
  const space = freeSpaces(subject).find(({ offset, end }) => end - offset >= SIZE);
  if (!space) return [];
  const exact = { offset: space.offset, end: space.offset + SIZE };
  return addRowFix(subject, { name: "otadata", words: ["data", "ota"], space: exact });
}
