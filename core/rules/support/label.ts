import { APP, BOOTLOADER, DATA, NVS, OTADATA, PARTITION_TABLE, subtypeName } from "../../table/subtypes";

/** What partitions of this kind are usually called. */
export function usualName(type: number, subtype: number): string {
  if (type === BOOTLOADER) return "bootloader";
  if (type === PARTITION_TABLE) return "partition_table";
  if (type === DATA && subtype === OTADATA) return "otadata";
  if (type === DATA && subtype === NVS) return "nvs";
  const word = subtypeName(type, subtype);
  if (type !== APP && type !== DATA) return "custom";
  return /^\d/.test(word) || word === "undefined" ? "storage" : word;
}
