import { rowSpan } from "../table/csv";
import { setCell } from "../table/edit";
import { APP, FACTORY, isOtaSlot, OTA_0, OTA_SLOTS } from "../table/subtypes";
import type { PartitionTable } from "../table/table";
import { defineRule } from "./rule";

export default defineRule({
  id: "app-subtype-empty",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "An app partition needs a subtype.",
  why: "The subtype tells the bootloader which slot this is: `factory`, or one of the update slots `ota_0` to `ota_15`.",
  source: "`PartitionDefinition.parse_subtype` in gen_esp32part.py (ESP-IDF v4.4 and newer)",
  *check({ table }) {
    for (const { row, faults } of table.rows) {
      if (!faults.some(({ kind }) => kind === "app-subtype-empty")) continue;
      yield {
        at: rowSpan(row),
        message: "An app partition needs a subtype: factory, or an update slot such as ota_0.",
        fixes: freeSubtypes(table).map((name) => ({
          title: `Set the subtype to ${name}`,
          edits: [setCell(row, "subtype", name)],
        })),
      };
    }
  },
});

/** The next update slot first when the table has some already; factory first when it has none. */
function freeSubtypes({ rows }: PartitionTable): string[] {
  const used = rows.filter(({ type }) => type === APP).map(({ subtype }) => subtype);
  const slot = Array.from({ length: OTA_SLOTS }, (_, index) => index).find(
    (index) => !used.includes(OTA_0 + index),
  );
  const ota = slot === undefined ? [] : [`ota_${slot}`];
  const factory = used.includes(FACTORY) ? [] : ["factory"];
  return used.some((subtype) => isOtaSlot(APP, subtype)) ? [...ota, ...factory] : [...factory, ...ota];
}
