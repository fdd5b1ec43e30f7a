import { otaRows, slotNumber } from "../ota/slots";
import { cellOf } from "../table/csv";
import { OTA_0 } from "../table/subtypes";
import { defineRule, quoted } from "./rule";
import { renumber } from "./support/renumber";

export default defineRule({
  id: "ota-gap",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "The update slots are numbered from ota_0 without gaps.",
  why: "The bootloader counts the slots and starts slot (sequence - 1) modulo count. With ota_1 and ota_2 it counts two, looks at slots 0 and 1, and can never start ota_2.",
  source:
    "`index_to_partition` in ESP-IDF's bootloader_utility.c; `esp_ota_get_app_partition_count`, which stops at the first gap",
  *check({ table }) {
    const slots = otaRows(table).toSorted((a, b) => slotNumber(a) - slotNumber(b));
    // Of two slots with one number, the rule for duplicates gives one the number that is missing here.
    if (new Set(slots.map(slotNumber)).size < slots.length) return;
    const gap = slots.findIndex((slot, index) => slotNumber(slot) !== index);
    const slot = slots[gap];
    if (!slot) return;
    const all = slots.slice(gap);
    yield {
      at: cellOf(slot.row, "subtype").span,
      message: `There is no ota_${gap}, so the bootloader, which counts ${slots.length === 1 ? "one slot" : `${slots.length} slots`}, never starts ota_${slots.map(slotNumber).at(-1)}. Number the slots from ota_0 without gaps.`,
      related: all.slice(1).map(({ row, name }) => ({
        at: cellOf(row, "subtype").span,
        message: `${quoted({ name })} stands behind the gap too.`,
      })),
      fixes: [
        {
          title: "Number the slots without gaps",
          // In ascending order every number is free when its turn comes.
          edits: all.flatMap((each, index) => renumber([], each, OTA_0 + gap + index)),
        },
      ],
    };
  },
});
