import { setNumber } from "../table/edit";
import { APP, appSizeAlignment } from "../table/subtypes";
import { alignDown, alignUp, hex } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { fixesThatMend } from "./support/room";

export default defineRule({
  id: "app-size-alignment",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "The size of an app must be a multiple of 0x1000, with Secure Boot V1 of 0x10000.",
  why: "An update erases whole sectors of 4 KB. Secure Boot V1 signs whole pages of 64 KB.",
  source: "`PartitionDefinition.verify` in gen_esp32part.py (without Secure Boot since ESP-IDF v5.3)",
  *check(subject) {
    const alignment = appSizeAlignment(subject.facts.secure);
    for (const entry of subject.table.entries) {
      if (entry.type !== APP || entry.size % alignment === 0) continue;
      const sizes = [alignUp(entry.size, alignment), alignDown(entry.size, alignment)];
      yield {
        at: fieldSpan(entry, "size"),
        message: `The size ${hex(entry.size)} of ${quoted(entry)} must be a multiple of ${hex(alignment)}${subject.facts.secure === "v1" ? " for Secure Boot V1" : ""}: ${sizes.map(hex).reverse().join(" or ")}.`,
        fixes: fixesThatMend(
          subject,
          "app-size-alignment",
          sizes.map((size) => ({
            title: `Change the size to ${hex(size)}`,
            edits: [setNumber(entry.row, "size", size)],
          })),
        ),
      };
    }
  },
});
