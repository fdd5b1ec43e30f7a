import { isTooLarge } from "../table/limits";
import { span } from "../text/span";
import { defineRule } from "./rule";

export default defineRule({
  id: "file-too-large",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "A partition table is a small file.",
  why: "A table has at most 95 partitions. A file of more than a million characters or 5,000 lines is something else, and is not read, so that the editor stays quick.",
  source: "A limit of Crossflash; Espressif's tool has none.",
  *check({ csv: { text } }) {
    if (!isTooLarge(text)) return;
    const firstLine = text.search(/[\r\n]/);
    yield {
      at: span(0, firstLine === -1 ? text.length : firstLine),
      message:
        "The file is too large for a partition table (more than 5,000 lines or a million characters) and was not read. Check that it is the right file.",
    };
  },
});
