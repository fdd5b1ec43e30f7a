import { rowSpan } from "../table/csv";
import { span } from "../text/span";
import { hex } from "../text/units";
import { defineRule } from "./rule";

export default defineRule({
  id: "bootloader-above-table",
  severity: "error",
  stage: "options",
  needs: [],
  summary: "The partition table must lie behind the bootloader.",
  why: "The bootloader's space ends where the table begins. Either the table's offset or the chip is not the right one.",
  source: "`main` in gen_esp32part.py",
  *check({ csv, facts: { primaryBootloaderOffset, tableOffset } }) {
    if (primaryBootloaderOffset === undefined || primaryBootloaderOffset < tableOffset) return;
    const [first] = csv.rows;
    yield {
      at: first ? rowSpan(first) : span(0, 0),
      message: `The partition table at ${hex(tableOffset)} must lie behind the bootloader, which begins at ${hex(primaryBootloaderOffset)}. Correct the offset of the table.`,
    };
  },
});
