import { micropythonSlot } from "../ota/micropythonSlot";
import { kindsKnown } from "../ota/slots";
import { APP, isOtaSlot, TEST } from "../table/subtypes";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { usableBinary } from "./support/micropython";

export default defineRule({
  id: "micropython-second-slot",
  severity: "warning",
  stage: "device",
  needs: ["micropython"],
  summary: "Installing MicroPython over the air takes two app slots.",
  why: "An app cannot overwrite itself: the repartitioner runs from one slot and installs MicroPython into another. With one slot MicroPython can only be written by a cable, and never be updated over the air.",
  source:
    "`esp_ota_get_next_update_partition` and `esp_ota_begin` of ESP-IDF, which refuse the running slot and never take factory",
  *check(subject) {
    const slot = micropythonSlot(subject.table);
    if (!slot || !usableBinary(subject) || !kindsKnown(subject)) return;
    const apps = subject.table.rows.filter(({ type, subtype }) => type === APP && subtype !== TEST);
    if (apps.length !== 1 && isOtaSlot(slot.type, slot.subtype)) return;
    yield {
      at: fieldSpan(slot, "subtype"),
      message: `MicroPython cannot be installed into ${quoted(slot)} over the air, because there is no second app slot for the repartitioner to run from. Make two slots, ota_0 and ota_1.`,
    };
  },
});
