import { setNumber } from "../table/edit";
import { endOf } from "../table/entry";
import { APP, BOOTLOADER, PARTITION_TABLE } from "../table/subtypes";
import { alignDown, alignUp, hex } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { fixesOfSize, limitBehind } from "./support/space";

const SECTOR = 0x1000;
/** Apps are the tool's own rule; of these two it computes the size. */
const checkedElsewhere = [APP, BOOTLOADER, PARTITION_TABLE];

export default defineRule({
  id: "data-size-alignment",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "The size of a data partition should be a multiple of 0x1000.",
  why: "Flash is erased in sectors of 4 KB. What lies in the last, incomplete sector can never be erased or written anew, and wear levelling refuses such a partition.",
  source:
    "`esp_partition_erase_range` of ESP-IDF takes whole sectors only; Espressif's tool accepts any size",
  *check(subject) {
    for (const entry of subject.table.entries) {
      const rest = entry.size % SECTOR;
      if (entry.type === undefined || checkedElsewhere.includes(entry.type) || entry.size <= 0 || rest === 0)
        continue;
      const up = alignUp(entry.size, SECTOR);
      const fitsUp = entry.offset + up <= (limitBehind(subject, entry) ?? endOf(entry) + SECTOR);
      const sizes = [...(fitsUp ? [up] : []), alignDown(entry.size, SECTOR)].filter((size) => size > 0);
      yield {
        at: fieldSpan(entry, "size"),
        message: `The size ${hex(entry.size)} of ${quoted(entry)} is not a multiple of 0x1000, so its last ${hex(rest)} bytes cannot be erased or written anew. Use ${sizes.map(hex).join(" or ")}.`,
        fixes: fixesOfSize(
          subject,
          sizes.map((size) => ({
            title: `Change the size to ${hex(size)}`,
            edits: [setNumber(entry.row, "size", size)],
          })),
        ),
      };
    }
  },
});
