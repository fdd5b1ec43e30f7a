import { setNumber } from "../table/edit";
import { endOf, type PlacedEntry } from "../table/entry";
import { APP, appSizeAlignment } from "../table/subtypes";
import { alignDown, hex, sizeText } from "../text/units";
import { defineRule, quoted, type Subject } from "./rule";
import { fieldSpan } from "./support/entries";
import { fixesThatMend } from "./support/room";

export default defineRule({
  id: "flash-size",
  severity: "error",
  stage: "flash",
  needs: ["flashSize"],
  summary: "Partitions must end within the flash.",
  why: "The bootloader compares every partition with the flash size in its own header and refuses the whole table if one reaches beyond: the device does not start any more.",
  source:
    "`PartitionTable.verify_size_fits` in gen_esp32part.py; `esp_partition_table_verify` in the bootloader's flash_partitions.c",
  *check(subject) {
    const { flashSize = 0 } = subject.facts;
    for (const entry of subject.table.entries) {
      const excess = endOf(entry) - flashSize;
      if (excess <= 0) continue;
      yield {
        at: fieldSpan(entry, "size"),
        message: `${quoted(entry)} ends at ${hex(endOf(entry))}, ${sizeText(excess)} beyond the ${sizeText(flashSize)} of flash. The bootloader refuses such a table.`,
        fixes: fixesThatMend(subject, "flash-size", shrinkToFlash(subject, entry, flashSize)),
      };
    }
  },
});

function shrinkToFlash({ facts }: Subject, entry: PlacedEntry, flashSize: number) {
  const size = alignDown(
    flashSize - entry.offset,
    entry.type === APP ? appSizeAlignment(facts.secure) : 0x1000,
  );
  // Size 0 is no partition, and a negative one would mean an address.
  if (size <= 0) return [];
  return [
    {
      title: `Shrink ${quoted(entry)} to the end of flash (${hex(size)})`,
      edits: [setNumber(entry.row, "size", size)],
    },
  ];
}
