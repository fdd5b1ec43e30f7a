import { shrunkRunner } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings, putBack } from "./support/migration";

export default defineRule({
  id: "migration-running-slot-shrinks",
  severity: "warning",
  stage: "device",
  needs: ["source"],
  summary:
    "The slot that runs the repartitioner becomes smaller, and it is not known how large the repartitioner is.",
  why: "The new table starts the repartitioner once more, to install MicroPython, and the bootloader refuses an image that is larger than its partition. Nothing is reported where the size of the repartitioner is known: the app of this name in the folder `build` of its project, as `delivery.repartitioner` in `crossflash.json` gives it.",
  source: "`esp_image_verify` in ESP-IDF's esp_image_format.c",
  check: (subject) =>
    subject.facts.repartitioner ? [] : pairFindings(subject, "size", shrunkRunner, putBack),
});
