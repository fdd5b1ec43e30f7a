import { FLASH_SIZES } from "../chip/flashSize";
import { flashEnd } from "../facts";
import { endOf } from "../table/entry";
import { hex, sizeText } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";

export default defineRule({
  id: "migration-flash-size",
  severity: "warning",
  stage: "device",
  needs: ["source"],
  summary:
    "The table ends beyond the one that the devices have, and the flash size of their bootloader is not known.",
  why: "The bootloader refuses a table that ends beyond the flash size in **its own** header, and an update over the air cannot change that header. The table that the devices have proves how much it takes at least. State the `flashSize` of the devices in `crossflash.json`; then it is checked exactly.",
  source: "`esp_partition_table_verify` in ESP-IDF's flash_partitions.c",
  *check({ table, facts }) {
    const [last] = table.entries.toSorted((a, b) => endOf(b) - endOf(a));
    const end = Math.max(0, ...(facts.source ?? []).map(endOf));
    // The header knows a few sizes only: one that takes this end has at least the next of them.
    const proven = FLASH_SIZES.find((size) => end <= size) ?? end;
    if (facts.flashSize !== undefined || !last || endOf(last) <= proven) return;
    // Beyond what MicroPython was built for, another rule speaks.
    if (endOf(last) > (flashEnd(facts) ?? Number.POSITIVE_INFINITY)) return;
    yield {
      at: fieldSpan(last, "size"),
      message: `${quoted(last)} ends at ${hex(endOf(last))}. The table of the devices ends at ${hex(end)}, and nobody says that their bootloader knows of more than ${sizeText(proven)} of flash: if it does not, it refuses this table and the device does not start. State the flash size of the devices.`,
    };
  },
});
