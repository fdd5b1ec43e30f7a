import { cellOf } from "../table/csv";
import { setCell } from "../table/edit";
import { DATA, OTADATA } from "../table/subtypes";
import { hex } from "../text/units";
import { defineRule, quoted } from "./rule";

const OTADATA_SIZE = 0x2000;

export default defineRule({
  id: "otadata-size",
  severity: "error",
  stage: "verify",
  needs: [],
  summary: "The otadata partition must be 0x2000 bytes.",
  why: "otadata is two flash sectors that are written in turn, so that one is always valid. The bootloader looks for exactly two.",
  source: "`PartitionTable.verify` in gen_esp32part.py",
  *check({ table }) {
    const found = table.entries.filter(({ type, subtype }) => type === DATA && subtype === OTADATA);
    // More than one is another rule's problem; the tool gets to the size only when there is one.
    const [entry] = found;
    if (!entry || found.length > 1 || entry.size === OTADATA_SIZE) return;
    yield {
      at: cellOf(entry.row, "size").span,
      message: `otadata ${quoted(entry)} must be 0x2000 bytes (8 KB), not ${hex(entry.size)}.`,
      fixes: [{ title: "Make otadata 0x2000 bytes", edits: [setCell(entry.row, "size", "0x2000")] }],
    };
  },
});
