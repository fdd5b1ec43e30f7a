import { TEE_OTADATA } from "../table/subtypes";
import { defineRule } from "./rule";
import { moreThanOne } from "./support/otadata";

export default defineRule({
  id: "tee-otadata-duplicate",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "Only one TEE otadata partition is allowed.",
  why: "The trusted execution environment would read one of them and an update write the other.",
  source: "`PartitionTable.verify` in gen_esp32part.py (ESP-IDF v5.5 and newer)",
  check: (subject) => moreThanOne(subject, TEE_OTADATA, "TEE otadata"),
});
