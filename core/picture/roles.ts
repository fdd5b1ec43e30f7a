import { isFilesystem } from "../ota/micropythonFilesystem";
import { APP, BOOTLOADER, DATA, NVS, OTADATA, PARTITION_TABLE, TEE_OTADATA } from "../table/subtypes";

/** What a region is for; decides its colour and its pattern, in the page and in exported pictures. */
export type Role =
  | "bootloader"
  | "table"
  | "app"
  | "otadata"
  | "nvs"
  | "filesystem"
  | "data"
  | "unknown"
  | "gap";

/** The roles as a legend names them, in the order in which it lists them. */
export const roleTitle: Readonly<Record<Role, string>> = {
  bootloader: "Bootloader",
  table: "Partition table",
  app: "App slot",
  otadata: "otadata",
  nvs: "NVS",
  filesystem: "Filesystem",
  data: "Other data",
  unknown: "Unknown type",
  gap: "Unused",
};

/** The role of a partition; `unknown` while its type cannot be read. The name counts where files go by label: `vfs`. */
export function roleOf(type: number | undefined, subtype: number | undefined, name: string): Role {
  if (type === undefined) return "unknown";
  if (type === APP) return "app";
  if (type === BOOTLOADER) return "bootloader";
  if (type === PARTITION_TABLE) return "table";
  if (type !== DATA || subtype === undefined) return "data";
  return dataRoles.get(subtype) ?? (isFilesystem({ type, subtype, name }) ? "filesystem" : "data");
}

/** `nvs_keys`: without them an encrypted NVS cannot be read. */
export const NVS_KEYS = 0x04;

const dataRoles: ReadonlyMap<number, Role> = new Map([
  [OTADATA, "otadata"],
  [TEE_OTADATA, "otadata"],
  [NVS, "nvs"],
  [NVS_KEYS, "nvs"],
]);
