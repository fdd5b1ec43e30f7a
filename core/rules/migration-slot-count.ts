import { otherSlotCount } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings } from "./support/migration";

export default defineRule({
  id: "migration-slot-count",
  severity: "information",
  stage: "device",
  needs: ["source"],
  summary: "The number of update slots changes, so otadata has to be written anew.",
  why: "otadata holds a running number, and the slot is its remainder by the number of slots: the same number selects another slot of a table that has more or fewer of them. The repartitioner has to write otadata before it writes the table.",
  source:
    "`bootloader_utility_get_selected_boot_partition` in ESP-IDF's bootloader_utility.c: `(ota_seq - 1) % app_count`",
  check: (subject) => pairFindings(subject, "offset", otherSlotCount),
});
