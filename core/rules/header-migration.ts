import { migrationConflicts } from "../export/migrationConflicts";
import { configOf } from "../sim/repartitioner/configOf";
import { partitionOf } from "../table/entry";
import { wholeEntries } from "../table/whole";
import { defineRule, type Subject } from "./rule";
import { wholeTable } from "./support/space";

export default defineRule({
  id: "header-migration",
  severity: "warning",
  stage: "device",
  needs: ["header", "source", "chip"],
  summary: "A generated header must be of this migration, not only of this table.",
  why: "The repartitioner compares the devices with `source_table`, erases what `REPARTITION_ERASE_LIST` says and waits for a MicroPython of the size and SHA-256 in its header. An export of the table changes only `final_table`. After a change of a table or of MicroPython the rest is that of an older migration: the devices are left alone, or never get their MicroPython.",
  source: "`main/repartition.h` of `crossflash scaffold`; `rp_config_t` in firmware/core/rp_config.h",
  *check(subject) {
    const { header } = subject.facts;
    if (!header?.migration) return;
    const config = configFor(subject);
    if (!config) return;
    for (const { line, words } of migrationConflicts(header, config))
      yield {
        ...wholeTable(subject),
        message: `Line ${line} of ${header.name}: ${words}. Make the project of the repartitioner again ('crossflash scaffold'), then build it again.`,
      };
  },
});

/** What the header should say; undefined where that does not follow from what is known. */
function configFor(subject: Subject) {
  const { source, micropython, tableOffset } = subject.facts;
  const target = wholeEntries(subject)?.map(partitionOf);
  if (!source || !target) return undefined;
  const size = micropython?.kind === "app" ? micropython.appSize : undefined;
  const config = configOf(
    { source: { entries: source, tableOffset }, target, facts: subject.facts },
    { size: size ?? 0, sha256: "", headSha256: "" },
  );
  return config.ok ? { ...config.value, micropython: size === undefined ? undefined : { size } } : undefined;
}
