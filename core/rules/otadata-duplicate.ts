import { OTADATA } from "../table/subtypes";
import { defineRule } from "./rule";
import { moreThanOne } from "./support/otadata";

export default defineRule({
  id: "otadata-duplicate",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "Only one otadata partition is allowed.",
  why: "The bootloader would read one of them and an update write the other.",
  source: "`PartitionTable.verify` in gen_esp32part.py (ESP-IDF v4.4 and newer)",
  check: (subject) => moreThanOne(subject, OTADATA, "otadata"),
});
