import { SMALLEST_FILESYSTEM } from "../ota/micropythonFilesystem";
import { LARGEST_APP } from "../ota/slots";
import { freeName } from "../table/label";
import { firstFreeOffset, mostRows } from "../table/options";
import { APP, appSizeAlignment, OTA_0, OTA_SLOTS } from "../table/subtypes";
import { alignDown, alignUp } from "../text/units";
import type { EditOptions, LayoutIntent, LayoutRow } from "./intent";
import { PAGE, SECTOR } from "./surroundings";

type Add = Extract<LayoutIntent, { kind: "add" }>;

/** What may be made of unused flash, and how to ask for it. */
export interface NewPartition {
  /** `Add app slot 'ota_1'`. */
  readonly title: string;
  readonly intent: Add;
}

/**
 * What may be added into a gap, each filling it: MicroPython's filesystem unless there is one, a data partition, and the next
 * update slot. None where the gap is too small or the table is full.
 */
export function newPartition(
  rows: readonly LayoutRow[],
  options: EditOptions,
  gap: { readonly offset: number; readonly size: number },
): readonly NewPartition[] {
  const from = alignUp(Math.max(gap.offset, firstFreeOffset(options)), SECTOR);
  const to = alignDown(gap.offset + gap.size, SECTOR);
  if (to <= from || rows.length >= mostRows(options)) return [];
  const names = new Set(rows.map(({ name }) => name));
  const data = { type: "data", offset: from, size: to - from };
  return [
    ...(names.has("vfs") || data.size < SMALLEST_FILESYSTEM
      ? []
      : [addition("Add MicroPython's filesystem", { ...data, name: "vfs", subtype: "fat" })]),
    // All releases of ESP-IDF know this subtype, and Arduino's LittleFS lies in it too.
    addition("Add data partition", { ...data, name: freeName("storage", names), subtype: "spiffs" }),
    ...nextSlot(rows, options, from, to).map((slot) =>
      addition("Add app slot", { ...slot, name: freeName(slot.subtype, names) }),
    ),
  ];
}

const addition = (what: string, fields: Omit<Add, "kind">): NewPartition => ({
  title: `${what} '${fields.name}'`,
  intent: { kind: "add", ...fields },
});

/** The slot with the lowest number that is free: the bootloader counts them without gaps. */
function nextSlot(rows: readonly LayoutRow[], { secure }: EditOptions, from: number, to: number) {
  const taken = new Set(rows.filter(({ type }) => type === APP).map(({ subtype }) => subtype));
  const slot = Array.from({ length: OTA_SLOTS }, (_, number) => number).find(
    (number) => !taken.has(OTA_0 + number),
  );
  const offset = alignUp(from, PAGE);
  const size = Math.min(alignDown(to - offset, appSizeAlignment(secure)), LARGEST_APP);
  return slot === undefined || size < PAGE ? [] : [{ type: "app", subtype: `ota_${slot}`, offset, size }];
}
