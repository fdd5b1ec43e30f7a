import type { PlanInput } from "../../migrate/plan/plan";
import { otaSlotsOf } from "../../migrate/roles";
import { OTADATA_SIZE, otadataSelecting } from "../../ota/otadata";
import type { PartitionEntry } from "../../table/entry";
import { APP, DATA, FACTORY, OTADATA } from "../../table/subtypes";
import { SECTOR } from "../flash/contents";
import { type Flash, flashOf } from "../flash/flash";
import { seeded } from "../seeded";
import type { Assets } from "./assets";

/**
 * The flash of a device in the field: bootloader, table, firmware in the slot from which it runs and in the factory
 * partition, otadata that selects it, and something in every other partition: settings, files, core dumps.
 */
export function fieldFlash(
  { source }: PlanInput,
  start: PartitionEntry,
  table: Uint8Array,
  { flashSize, bootloaderOffset }: { readonly flashSize: number; readonly bootloaderOffset: number },
  assets: Assets,
): Flash {
  const bytes = new Uint8Array(flashSize).fill(0xff);
  bytes.set(assets.bootloader, bootloaderOffset);
  bytes.set(table, source.tableOffset);
  for (const entry of source.entries)
    bytes.set(contentOf(entry, source.entries, start, assets), entry.offset);
  return flashOf(bytes, { store: assets.store });
}

function contentOf(
  entry: PartitionEntry,
  entries: readonly PartitionEntry[],
  start: PartitionEntry,
  { firmware }: Assets,
): Uint8Array {
  const { type, subtype, offset, size } = entry;
  if (type === APP) return offset === start.offset || subtype === FACTORY ? firmware.bytes : NOTHING;
  if (type === DATA && subtype === OTADATA) return otadataOf(entries, start);
  return used(size, offset);
}

const NOTHING = new Uint8Array();

function otadataOf(entries: readonly PartitionEntry[], start: PartitionEntry): Uint8Array {
  const slots = otaSlotsOf(entries);
  const index = slots.findIndex(({ offset }) => offset === start.offset);
  return index === -1 ? new Uint8Array(OTADATA_SIZE).fill(0xff) : otadataSelecting(index, slots.length);
}

/** Every sector has the same bytes, none of them blank: what they mean nobody asks. */
function used(size: number, seed: number): Uint8Array {
  const random = seeded(seed);
  const sector = new Uint8Array(SECTOR).map(() => random() & 0x7f);
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += SECTOR) bytes.set(sector.subarray(0, Math.min(SECTOR, size - at)), at);
  return bytes;
}
