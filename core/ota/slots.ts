import type { CsvDocument } from "../table/csv";
import type { ReadRow } from "../table/read";
import { APP, FACTORY, isOtaSlot, OTA_0, TEST } from "../table/subtypes";
import type { PartitionTable } from "../table/table";

/** The bootloader loads no app from a larger partition (`SIXTEEN_MB` in esp_image_format.c). */
export const LARGEST_APP = 0x1000000;

/** The rows of the update slots, in the order of the CSV. */
export const otaRows = ({ rows }: PartitionTable): ReadRow[] =>
  rows.filter(({ type, subtype }) => isOtaSlot(type, subtype));

/** N of `ota_N`. */
export const slotNumber = ({ subtype = OTA_0 }: { readonly subtype: number | undefined }): number =>
  subtype - OTA_0;

/**
 * The rows from which the bootloader can start an app. It numbers the update slots by their subtype, but looks only
 * at as many as it counted: with nothing but ota_1 it looks at slot 0 and finds none (`index_to_partition` in
 * bootloader_utility.c). A slot of size 0 is skipped.
 */
export function bootableRows(table: PartitionTable): ReadRow[] {
  const count = otaRows(table).length;
  return table.rows.filter(({ type, subtype, size }) => {
    if (type !== APP || size === 0) return false;
    if (isOtaSlot(type, subtype)) return slotNumber({ subtype }) < count;
    return subtype === FACTORY || subtype === TEST;
  });
}

/** Whether it is known of every row what it is. While the user is still typing, nothing is said to be missing. */
export const kindsKnown = ({ csv, table }: { csv: CsvDocument; table: PartitionTable }): boolean =>
  csv.lines.every(({ kind }) => kind !== "unknown-variable") &&
  table.rows.every(({ type, subtype }) => type !== undefined && subtype !== undefined);
