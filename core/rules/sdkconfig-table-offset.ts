import { defaultTableOptions } from "../table/options";
import { parseIntLiteral } from "../text/python";
import { hex } from "../text/units";
import { defineRule } from "./rule";
import { lineFor, lineSays, setInstead } from "./support/build";
import { wholeTable } from "./support/space";

const OPTION = "CONFIG_PARTITION_TABLE_OFFSET";

export default defineRule({
  id: "sdkconfig-table-offset",
  severity: "error",
  stage: "device",
  needs: ["build"],
  summary: "The repartitioner must be built for the table offset that the devices have.",
  why: "The repartitioner erases and writes the sector at the offset that was compiled into it, and the bootloader reads the one that was compiled into the bootloader. Where they differ, something else is overwritten, and the table of the devices stays as it was.",
  source:
    "`CONFIG_PARTITION_TABLE_OFFSET` in ESP-IDF's components/partition_table/Kconfig.projbuild; `write_partition_table` of the published repartitioner",
  *check(subject) {
    const { build, tableOffset } = subject.facts;
    if (!build) return;
    const line = lineFor(build, [OPTION]);
    const usual = build.isGenerated ? undefined : defaultTableOptions.tableOffset;
    const built = line ? parseIntLiteral(line.value) : usual;
    if (built === undefined || built === tableOffset) return;
    const said = line
      ? lineSays(line)
      : `${build.file} does not say where the table lies, which means ${hex(built)}`;
    yield {
      ...wholeTable(subject),
      message: `${said}, but the table of the devices lies at ${hex(tableOffset)}: the repartitioner would overwrite something else. ${setInstead(build, line, `${OPTION}=${hex(tableOffset)}`)}`,
    };
  },
});
