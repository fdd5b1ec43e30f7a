import { overwrittenRunner } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings } from "./support/migration";

export default defineRule({
  id: "migration-overwrites-running-slot",
  severity: "error",
  stage: "device",
  needs: ["source"],
  summary: "MicroPython and its files must not lie over the slot that runs the repartitioner.",
  why: "The repartitioner erases the place of the files and writes MicroPython while it runs. What it runs from must lie elsewhere, in the source table as in the target table.",
  source:
    "`spi_flash_erase_range` and `esp_ota_begin` of ESP-IDF erase what they are told; the code of an app is read from flash while it runs",
  check: (subject) => pairFindings(subject, "offset", overwrittenRunner),
});
