import { macroConflicts } from "../export/macroConflicts";
import { hex } from "../text/units";
import { defineRule } from "./rule";
import { changesOfHeader, exportAgain } from "./support/header";
import { wholeTable } from "./support/space";

export default defineRule({
  id: "header-macros",
  severity: "warning",
  stage: "device",
  needs: ["header"],
  summary: "The macros of the header must say what its array says.",
  why: "The repartitioner erases the filesystem by its macros, and by the size of ota_1 it knows that the new table is in place. A macro that says something else than the table erases the wrong place, or lets the repartitioner go round in circles.",
  source:
    "`PARTITION_OTA_1_TARGET_SIZE`, `PARTITION_VFS_OFFSET` and `PARTITION_VFS_SIZE` in the repartition.h of the published repartitioner",
  *check(subject) {
    const { header } = subject.facts;
    const isExportable = changesOfHeader(subject)?.changes.ok === true;
    for (const { line, name, value, ofArray } of header ? macroConflicts(header) : [])
      yield {
        ...wholeTable(subject),
        message: `Line ${line} of ${header?.name}: ${name} is ${hex(value)}, but in the array final_table it is ${hex(ofArray)}. Export the table again.`,
        fixes: isExportable ? [exportAgain] : [],
      };
  },
});
