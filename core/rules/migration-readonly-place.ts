import { readonlyPlaces } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings } from "./support/migration";

export default defineRule({
  id: "migration-readonly-place",
  severity: "warning",
  stage: "device",
  needs: ["source"],
  summary: "What the devices call readonly cannot be erased for MicroPython.",
  why: "Until the new table is written the old one counts, and since v5.2 ESP-IDF refuses to write and to erase in a partition with the flag `readonly`, whatever the option for dangerous writes says. The repartitioner then fails before it has changed anything, and goes back to the firmware.",
  source: "`esp_partition_is_flash_region_writable` in ESP-IDF's components/esp_partition, since v5.2",
  check: (subject) => pairFindings(subject, "offset", readonlyPlaces),
});
