import { editOptions } from "../edit/options";
import { lostData } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings } from "./support/migration";

export default defineRule({
  id: "migration-files-lost",
  severity: "warning",
  stage: "device",
  needs: ["source"],
  summary: "Data that the devices have today is lost.",
  why: "The firmware keeps its files in spiffs, LittleFS or FAT, and other data in partitions of its own. Nothing of it is copied: what is erased, moves, or gives way to MicroPython, is gone. The last time to fetch it from a device is before the migration.",
  source:
    "Step 9 of the published procedure; `inisetup.py` of MicroPython makes a new filesystem only where all is erased",
  check: (subject) => pairFindings(subject, "offset", (pair) => lostData(pair, editOptions(subject.facts))),
});
