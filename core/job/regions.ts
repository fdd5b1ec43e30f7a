import { roleOf } from "../picture/roles";
import type { PartitionEntry } from "../table/entry";
import { TABLE_SECTOR } from "../table/options";
import type { RegionPurpose, WriteRegion } from "./job";

/** The region of a partition table binary. Its sector is erased whole; behind the 0xC00 bytes it stays blank. */
export const tableRegion = (tableOffset: number, bytes: Uint8Array): WriteRegion => ({
  kind: "write",
  address: tableOffset,
  name: "partition table",
  purpose: "table",
  why: "It tells bootloader and apps where everything lies.",
  room: TABLE_SECTOR,
  bytes,
});

/** The region of a bootloader; what follows it must not be reached. */
export const bootloaderRegion = (address: number, tableOffset: number, bytes: Uint8Array): WriteRegion => ({
  kind: "write",
  address,
  name: "bootloader",
  purpose: "bootloader",
  why: "It starts the app.",
  room: tableOffset - address,
  bytes,
});

/** The bytes that go to the start of a partition. */
export const partitionRegion = (
  entry: Pick<PartitionEntry, "name" | "offset" | "size">,
  purpose: RegionPurpose,
  bytes: Uint8Array,
  why: string,
): WriteRegion => ({
  kind: "write",
  address: entry.offset,
  name: entry.name,
  purpose,
  why,
  room: entry.size,
  bytes,
});

/** What a partition is to a job. */
export function purposeOf({
  type,
  subtype,
  name,
}: Pick<PartitionEntry, "type" | "subtype" | "name">): RegionPurpose {
  const role = roleOf(type, subtype, name);
  return role === "bootloader" ||
    role === "table" ||
    role === "otadata" ||
    role === "app" ||
    role === "filesystem"
    ? role
    : "other";
}
