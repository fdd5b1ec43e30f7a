import { setCell } from "../table/edit";
import type { PlacedEntry } from "../table/entry";
import { LABEL_LENGTH, labelBytes } from "../table/label";
import { defineRule, type Fix, quoted } from "./rule";
import { duplicatesBy, fieldSpan } from "./support/entries";

export default defineRule({
  id: "duplicate-name",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "Every partition needs a name of its own.",
  why: "Firmware finds partitions by name and would find only the first.",
  source: "`PartitionTable.verify` in gen_esp32part.py (ESP-IDF v3.2 and newer)",
  *check({ table }) {
    const names = new Set(table.rows.map(({ name }) => name));
    for (const [first, ...others] of duplicatesBy(table.entries, ({ name }) => name)) {
      for (const entry of others) {
        if (!first) continue;
        yield {
          at: fieldSpan(entry, "name"),
          message: `Another partition has the name ${quoted(entry)} already. Names must be unique.`,
          related: [{ at: fieldSpan(first, "name"), message: `${quoted(first)} stands here first.` }],
          fixes: renamed(entry, names),
        };
      }
    }
  },
});

function renamed({ name, row }: PlacedEntry, names: ReadonlySet<string>): Fix[] {
  for (let number = 2; number < 100; number++) {
    const candidate = `${name || "data"}_${number}`;
    if (names.has(candidate) || labelBytes(`${candidate} `).length >= LABEL_LENGTH) continue;
    return [{ title: `Rename to '${candidate}'`, edits: [setCell(row, "name", candidate)] }];
  }
  return [];
}
