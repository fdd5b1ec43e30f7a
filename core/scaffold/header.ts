import { sectorOf } from "../export/arrayText";
import { createMigrationHeader } from "../export/headerNew";
import { patchHeader } from "../export/headerPatch";
import type { Provenance } from "../export/provenance";
import type { ReadMigration } from "../migrate/read/readMigration";
import type { RepartitionerConfig } from "../sim/repartitioner/config";
import type { PartitionEntry } from "../table/entry";
import { TABLE_LENGTH } from "../table/options";
import { APP, DATA, FAT, OTA_0 } from "../table/subtypes";

/** `repartition.h` of a migration. */
export const repartitionHeader = (
  { source, target, facts }: Pick<ReadMigration, "source" | "target" | "facts">,
  config: RepartitionerConfig,
  provenance: Provenance,
): string =>
  createMigrationHeader(
    {
      table: config.targetTable.subarray(0, TABLE_LENGTH),
      entries: target,
      md5Row: facts.md5Row,
      extraSubtypes: facts.extraSubtypes,
    },
    provenance,
    { config, source: source.entries, md5Row: facts.md5Row },
  );

const entry = (name: string, type: number, subtype: number): PartitionEntry => ({
  name,
  type,
  subtype,
  offset: 0,
  size: 0,
  encrypted: false,
  readonly: false,
});

const NO_TABLE = {
  table: sectorOf(new Uint8Array()).subarray(0, TABLE_LENGTH),
  entries: [entry("ota_1", APP, OTA_0 + 1), entry("vfs", DATA, FAT)],
  md5Row: false,
};

/**
 * A header without what an export of the table changes: two headers of which this is the same differ only by an export.
 * A text that no export would change is its own.
 */
export function withoutTable(text: string): string {
  const emptied = patchHeader(text, NO_TABLE, { csvName: "none", csvText: "", toolVersion: "0" });
  return emptied.ok ? emptied.value.text : text;
}
