import { isFilesystem } from "../ota/micropythonFilesystem";
import type { PlacedEntry } from "../table/entry";
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

/** `nvs_keys`. */
const NVS_KEYS = 0x04;

/** What is known of a partition's kind, whatever it was read from. */
type Kind = Pick<PlacedEntry, "type" | "subtype" | "name">;

/** The Wi-Fi driver of ESP-IDF keeps name and password of the network in the default NVS, which it finds by this label. */
export const holdsCredentials = ({ type, subtype, name }: Kind): boolean =>
  type === DATA && subtype === NVS && name === "nvs";

/** Without what it holds, an encrypted NVS cannot be read. */
export const holdsKeys = ({ type, subtype }: Kind): boolean => type === DATA && subtype === NVS_KEYS;

const dataRoles: ReadonlyMap<number, Role> = new Map([
  [OTADATA, "otadata"],
  [TEE_OTADATA, "otadata"],
  [NVS, "nvs"],
  [NVS_KEYS, "nvs"],
]);
