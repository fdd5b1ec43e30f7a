import type { TableRow } from "../../image/tableRows";
import type { Extent } from "../../migrate/solve/spaces";
import { activeEntry } from "../../ota/bootChoice";
import {
  decodeOtaEntry,
  encodeOtaEntry,
  OTA_ENTRY_OFFSETS,
  OTA_ENTRY_SIZE,
  type OtaData,
  type OtaEntry,
  OtaState,
  otaEntry,
} from "../../ota/otadata";
import { slotNumber } from "../../ota/slots";
import { isOtaSlot } from "../../table/subtypes";
import { erase, read, type Task, write } from "../effect";
import { BLOCK, SECTOR } from "../flash/contents";

/** What `esp_ota_ops.c` does in an app that updates itself: without a second look, unlike the repartitioner. */

const slotsOf = (rows: readonly TableRow[]): TableRow[] =>
  rows.filter(({ type, subtype }) => isOtaSlot(type, subtype)).sort((a, b) => slotNumber(a) - slotNumber(b));

/** `esp_ota_get_next_update_partition`: the slot behind the one that runs; the first one from the factory app. */
export function nextUpdateSlot(rows: readonly TableRow[], running: number): TableRow | undefined {
  const slots = slotsOf(rows);
  const index = slots.findIndex(({ offset }) => offset === running);
  const next = slots[(index + 1) % slots.length];
  return next?.offset === running ? undefined : next;
}

/** `esp_ota_begin` of an update whose size nobody knows: the whole slot is erased. */
export function* beginUpdate({ offset, size }: Extent): Task<void> {
  for (let at = 0; at < size; ) {
    const unit = (offset + at) % BLOCK === 0 && size - at >= BLOCK ? BLOCK : SECTOR;
    yield* erase(offset + at, unit);
    at += unit;
  }
}

export function* readOtadata({ offset }: TableRow): Task<OtaData> {
  const [first, second] = OTA_ENTRY_OFFSETS;
  return [
    decodeOtaEntry(yield* read(offset + first, OTA_ENTRY_SIZE)),
    decodeOtaEntry(yield* read(offset + second, OTA_ENTRY_SIZE)),
  ];
}

/** `esp_ota_set_boot_partition`. `state` is NEW in an app that was built with rollback, else undefined. */
export function* selectSlot(
  rows: readonly TableRow[],
  otadata: TableRow,
  slot: TableRow,
  state: number,
): Task<void> {
  const { sector, entry } = selecting(
    yield* readOtadata(otadata),
    slotNumber(slot),
    slotsOf(rows).length,
    state,
  );
  yield* rewrite(otadata.offset + sector * SECTOR, entry);
}

/** Which sector gets which entry, so that slot `index` of `count` starts. */
export function selecting(
  otadata: OtaData,
  index: number,
  count: number,
  state: number,
): { readonly sector: number; readonly entry: OtaEntry } {
  const active = activeEntry(otadata, "plain");
  if (!active) return { sector: 0, entry: otaEntry(index + 1, state) };
  const sector = active === otadata[0] ? 0 : 1;
  if ((active.seq - 1) % count === index) return { sector, entry: otaEntry(active.seq, state) };
  const first = (index + 1) % count;
  const rounds = Math.max(0, Math.ceil((active.seq - first) / count));
  return { sector: 1 - sector, entry: otaEntry(first + rounds * count, state) };
}

/** `esp_ota_mark_app_valid_cancel_rollback`: the entry that counts is rewritten in its place. Gives whether one is still on trial. */
export function* markValid(otadata: TableRow): Task<boolean> {
  const entries = yield* readOtadata(otadata);
  const active = activeEntry(entries, "plain");
  if (!active || active.state !== OtaState.pendingVerify) return false;
  const sector = active === entries[0] ? 0 : 1;
  yield* rewrite(otadata.offset + sector * SECTOR, { ...active, state: OtaState.valid });
  return activeEntry(yield* readOtadata(otadata), "plain")?.state === OtaState.pendingVerify;
}

function* rewrite(at: number, entry: OtaEntry): Task<void> {
  yield* erase(at, SECTOR);
  yield* write(at, encodeOtaEntry(entry));
}
