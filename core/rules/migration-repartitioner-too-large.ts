import { tooLargeRepartitioner } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings } from "./support/migration";

export default defineRule({
  id: "migration-repartitioner-too-large",
  severity: "error",
  stage: "device",
  needs: ["source", "repartitioner"],
  summary: "The repartitioner must fit every slot that it arrives in or runs from.",
  why: "It is delivered as an update into a slot of the table that the devices have, copied to ota_0, and started there again by the new table. The smallest of these slots counts.",
  source: "`esp_ota_begin` of ESP-IDF; `esp_image_verify` in esp_image_format.c",
  check(subject) {
    const { size = 0 } = subject.facts.repartitioner ?? {};
    return pairFindings(subject, "size", (pair) => tooLargeRepartitioner(pair, size));
  },
});
