import { TEE_OTADATA } from "../table/subtypes";
import { defineRule } from "./rule";
import { wrongSize } from "./support/otadata";

export default defineRule({
  id: "tee-otadata-size",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "The TEE otadata partition must be 0x2000 bytes.",
  why: "Like otadata, it is two flash sectors that are written in turn, for the slots of the trusted execution environment.",
  source: "`PartitionTable.verify` in gen_esp32part.py (ESP-IDF v5.5 and newer)",
  check: (subject) => wrongSize(subject, TEE_OTADATA, "TEE otadata"),
});
