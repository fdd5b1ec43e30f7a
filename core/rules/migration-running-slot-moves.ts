import { movedRunner } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings, putBack } from "./support/migration";

export default defineRule({
  id: "migration-running-slot-moves",
  severity: "error",
  stage: "device",
  needs: ["source"],
  summary: "The slot that runs the repartitioner must stay where the devices have it.",
  why: "The repartitioner changes the table while it runs from ota_0, and the new table has to start it from there once more. Where no app begins at its offset, or a slot of another number, the device starts something else or nothing at all.",
  source:
    "`esp_ota_get_running_partition` in ESP-IDF's esp_ota_ops.c, which aborts when the running address is in no partition; `bootloader_utility_get_selected_boot_partition` in bootloader_utility.c",
  check: (subject) => pairFindings(subject, "offset", movedRunner, putBack),
});
