import { endOf } from "../table/entry";
import { hex } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";

const BEYOND = 2 ** 32;

export default defineRule({
  id: "address-space",
  severity: "error",
  stage: "device",
  needs: [],
  summary: "A partition must end below 4 GiB.",
  why: "Offset and size fit their fields, but their sum does not fit 32 bits. Bootloaders up to ESP-IDF v6.0 add them up all the same, get a small number and accept what is far beyond the flash; newer ones refuse the table.",
  source: "`esp_partition_table_verify` in ESP-IDF's flash_partitions.c",
  *check({ table: { entries } }) {
    for (const entry of entries) {
      const fieldsFit = 0 <= entry.offset && entry.offset < BEYOND && entry.size < BEYOND;
      if (!fieldsFit || endOf(entry) < BEYOND) continue;
      yield {
        at: fieldSpan(entry, "size"),
        message: `${quoted(entry)} would end at ${hex(endOf(entry))}, beyond the 32 bits of an address. Make it smaller.`,
      };
    }
  },
});
