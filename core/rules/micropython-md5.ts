import { isAtLeast } from "../ota/micropythonRelease";
import { defineRule } from "./rule";
import { lineFor, lineSays, setInstead } from "./support/build";
import { usableBinary } from "./support/micropython";
import { wholeTable } from "./support/space";

export default defineRule({
  id: "micropython-md5",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "MicroPython needs the MD5 row of the table.",
  why: "The bootloader does without, but apps built with ESP-IDF v4.0.3, v4.1.2, v4.2.2, v4.3.1 and newer find no partition in a table without MD5 row: MicroPython starts without filesystem and nvs.",
  source:
    "`load_partitions` in ESP-IDF's partition.c (`No MD5 found in partition table`); seen with MicroPython v1.20",
  *check(subject) {
    const binary = usableBinary(subject);
    const { build, md5Row } = subject.facts;
    if (!binary || md5Row || isAtLeast(binary, [1, 17]) === false) return;
    const line = build && lineFor(build, ["CONFIG_PARTITION_TABLE_MD5"]);
    yield {
      ...wholeTable(subject),
      message: `The table is made without its MD5 row, and MicroPython finds no partitions in such a table. Leave the MD5 row on.${line ? ` ${lineSays(line)}. ${setInstead(build, line, `${line.name}=y`)}` : ""}`,
    };
  },
});
