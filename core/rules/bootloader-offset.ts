import { defineRule } from "./rule";

export default defineRule({
  id: "bootloader-offset",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "A bootloader row needs to know where the bootloaders lie.",
  why: "Size, and for `primary` and `recovery` also offset, are computed from the chip's bootloader offset, which the build passes to the tool.",
  source: "`PartitionDefinition.parse_address` and `parse_size` in gen_esp32part.py (ESP-IDF v5.5 and newer)",
  *check({ table }) {
    for (const { faults } of table.rows) {
      for (const { kind, at } of faults) {
        if (kind === "no-bootloader-offset") {
          yield {
            at,
            message:
              "The offset of the primary bootloader is not known. Name the chip, or pass --primary-bootloader-offset.",
          };
        } else if (kind === "no-recovery-offset") {
          yield {
            at,
            message: "The offset of the recovery bootloader is not known. Pass --recovery-bootloader-offset.",
          };
        }
      }
    }
  },
});
