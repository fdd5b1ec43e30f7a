import { rolesOf } from "../migrate/roles";
import { defineRule } from "./rule";
import { wholeTable } from "./support/space";

export default defineRule({
  id: "migration-source",
  severity: "warning",
  stage: "device",
  needs: ["source"],
  summary: "Devices with the source table must take updates over the air.",
  why: "The repartitioner arrives as an update of the firmware. Without otadata and two app slots to alternate between, no update ever starts, and MicroPython can only be written by a cable: for that this table may be right.",
  source: "`esp_ota_get_next_update_partition` and `esp_ota_set_boot_partition` in ESP-IDF's esp_ota_ops.c",
  *check(subject) {
    const roles = rolesOf(subject.facts.source ?? []);
    if (roles.ok) return;
    yield {
      ...wholeTable(subject),
      message: `Devices with the source table that crossflash.json names cannot be migrated over the air. ${roles.message}`,
    };
  },
});
