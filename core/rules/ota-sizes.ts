import type { Facts } from "../facts";
import { binaryName } from "../ota/micropythonRelease";
import type { PlacedEntry } from "../table/entry";
import { isOtaSlot } from "../table/subtypes";
import { hex, sizeText } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";

export default defineRule({
  id: "ota-sizes",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "Update slots should have the same size.",
  why: "Updates go into the slots in turn. An app that needs the larger slot cannot be updated any more, because its successor does not fit the smaller one. Nothing is reported while the chosen MicroPython binary fits all slots.",
  source:
    "`esp_ota_get_next_update_partition` and `esp_ota_begin` of ESP-IDF; Espressif's tool accepts any sizes",
  *check({ table, facts }) {
    const slots = table.entries.filter(({ type, subtype, size }) => isOtaSlot(type, subtype) && size > 0);
    const [smallest] = slots.toSorted((a, b) => a.size - b.size);
    const [largest] = slots.toSorted((a, b) => b.size - a.size);
    if (!smallest || !largest || smallest.size === largest.size) return;
    if (fitsAll(facts, smallest)) return;
    yield {
      at: fieldSpan(smallest, "size"),
      message: `${quoted(smallest)} has ${hex(smallest.size)} (${sizeText(smallest.size)}), ${quoted(largest)} ${hex(largest.size)} (${sizeText(largest.size)}). ${consequence(facts, smallest, largest)}`,
      related: [{ at: fieldSpan(largest, "size"), message: `${quoted(largest)} is larger.` }],
    };
  },
});

const fitsAll = ({ micropython }: Facts, { size }: PlacedEntry): boolean =>
  micropython !== undefined && micropython.kind !== "unusable" && micropython.appSize <= size;

const consequence = ({ micropython }: Facts, smallest: PlacedEntry, largest: PlacedEntry): string =>
  micropython && micropython.kind !== "unusable"
    ? `${binaryName(micropython)} does not fit ${quoted(smallest)}, so it cannot be updated over the air later. Make them equal if it should be.`
    : `An app that fills ${quoted(largest)} cannot be updated over the air. Make them equal.`;
