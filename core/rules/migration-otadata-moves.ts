import { movedOtadata } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings, putBack } from "./support/migration";

export default defineRule({
  id: "migration-otadata-moves",
  severity: "error",
  stage: "device",
  needs: ["source"],
  summary: "otadata must stay where the devices have it.",
  why: "otadata says which slot is started. The bootloader looks for it where the new table says, and finds what lay there before: it chooses another slot, or never the one of MicroPython.",
  source:
    "`bootloader_utility_get_selected_boot_partition` in ESP-IDF's bootloader_utility.c; MicroPython's own tables have otadata at 0xd000, those of Arduino at 0xe000",
  check: (subject) => pairFindings(subject, "offset", movedOtadata, putBack),
});
