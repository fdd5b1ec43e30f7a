import { rowSpan } from "../table/csv";
import { mostRows } from "../table/options";
import { defineRule } from "./rule";

export default defineRule({
  id: "table-length",
  severity: "error",
  stage: "encode",
  needs: [],
  summary: "A table holds at most 94 partitions.",
  why: "The table has 0xC00 bytes, 32 for each row, one row for the MD5 (95 partitions without it) and one for the end.",
  source: "`PartitionTable.to_binary` in gen_esp32part.py",
  *check({ table, facts }) {
    const most = mostRows(facts);
    const surplus = table.rows[most];
    if (!surplus) return;
    yield {
      at: rowSpan(surplus.row),
      message: `The table has ${table.rows.length} partitions; at most ${most} fit. Remove ${table.rows.length - most} from here on.`,
    };
  },
});
