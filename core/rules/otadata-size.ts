import { OTADATA } from "../table/subtypes";
import { defineRule } from "./rule";
import { wrongSize } from "./support/otadata";

export default defineRule({
  id: "otadata-size",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "The otadata partition must be 0x2000 bytes.",
  why: "otadata is two flash sectors that are written in turn, so that one is always valid. The bootloader looks for exactly two.",
  source: "`PartitionTable.verify` in gen_esp32part.py",
  check: (subject) => wrongSize(subject, OTADATA, "otadata"),
});
