import { span } from "../text/span";
import { defineRule } from "./rule";

export default defineRule({
  id: "unknown-variable",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "A row must not begin with a variable that is not set.",
  why: "Espressif's tool replaces `$NAME` and `${NAME}` by environment variables and stops at a row that begins with an unset `$NAME`. Elsewhere in a row an unset variable stays as text.",
  source: "`expand_vars` in `PartitionTable.from_csv`, gen_esp32part.py",
  *check({ csv }) {
    for (const line of csv.lines) {
      if (line.kind !== "unknown-variable") continue;
      yield {
        at: span(line.span.start, Math.min(line.span.end, line.span.start + line.name.length + 1)),
        message: `The environment has no variable '${line.name}'. Set it before the build, or write its value here.`,
      };
    }
  },
});
