import { type MacroConflict, macroConflicts } from "../export/macroConflicts";
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
    const isExportable = changesOfHeader(subject)?.ok === true;
    for (const conflict of header ? macroConflicts(header.text) : [])
      yield {
        ...wholeTable(subject),
        message: `Line ${conflict.line} of ${header?.name}: ${conflict.name} is ${hex(conflict.value)}, ${arrayWords(conflict)}. Export the table again.`,
        fixes: isExportable ? [exportAgain] : [],
      };
  },
});

const arrayWords = ({ ofArray }: MacroConflict): string =>
  ofArray === undefined
    ? "but the array final_table has no such partition"
    : `but in the array final_table it is ${hex(ofArray)}`;
