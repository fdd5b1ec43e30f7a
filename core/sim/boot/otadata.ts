import type { TableRow } from "../../image/tableRows";
import {
  type BootChoice,
  type BootloaderKind,
  type BootTable,
  initialEntry,
  isUsable,
} from "../../ota/bootChoice";
import {
  blankEntry,
  decodeOtaEntry,
  encodeOtaEntry,
  OTA_ENTRY_OFFSETS,
  OTA_ENTRY_SIZE,
  type OtaData,
  type OtaEntry,
  OtaState,
} from "../../ota/otadata";
import { slotNumber } from "../../ota/slots";
import { isOtaSlot } from "../../table/subtypes";
import { erase, read, write } from "../effect";
import { SECTOR } from "../flash/contents";
import type { BootTask } from "./effects";
import { error, info } from "./lines";

/** Both entries; blank ones where the table has no otadata. */
export function* readOtadata(row: TableRow | undefined): BootTask<OtaData> {
  if (!row) return [blankEntry, blankEntry];
  const [first, second] = OTA_ENTRY_OFFSETS;
  return [
    decodeOtaEntry(yield* read(row.offset + first, OTA_ENTRY_SIZE)),
    decodeOtaEntry(yield* read(row.offset + second, OTA_ENTRY_SIZE)),
  ];
}

/**
 * Writes the states that rollback changes: what was on trial is given up before the next one begins its trial
 * (`bootloader_utility_get_selected_boot_partition`).
 */
export function* writeStates(row: TableRow, stored: OtaData, { otadata }: BootChoice): BootTask<void> {
  const changed = OTA_ENTRY_OFFSETS.flatMap((offset, sector) => {
    const entry = otadata[sector];
    return entry && entry.state !== stored[sector]?.state ? [{ at: row.offset + offset, entry }] : [];
  });
  const isGivenUp = ({ entry }: { readonly entry: OtaEntry }): boolean => entry.state === OtaState.aborted;
  const inOrder = [...changed.filter(isGivenUp), ...changed.filter((change) => !isGivenUp(change))];
  for (const { at, entry } of inOrder) yield* writeEntry(at, entry);
}

/** `set_actual_ota_seq`: where nothing was ever written, the slot that has loaded is written down. */
export function* writeInitialEntry(otadata: TableRow, started: TableRow): BootTask<void> {
  if (!isOtaSlot(started.type, started.subtype)) return;
  yield* writeEntry(otadata.offset, initialEntry(slotNumber(started)));
}

/** `write_otadata`: the whole sector is erased for it. */
function* writeEntry(at: number, entry: OtaEntry): BootTask<void> {
  yield* erase(at, SECTOR);
  yield* write(at, encodeOtaEntry(entry));
}

/** What the bootloader logs of its choice; often nothing. */
export function choiceLine(
  { otadata, factory, slots }: BootTable<TableRow>,
  choice: BootChoice,
  kind: BootloaderKind,
): string | undefined {
  if (!otadata) return undefined;
  if (slots.length === 0 || choice.otadata.every((entry) => !isUsable(entry, kind)))
    return info("boot", factory ? "Defaulting to factory image" : "No factory image, trying OTA 0");
  if (choice.index !== "factory") return undefined;
  const rest = factory ? ", falling back to factory" : " and no factory, will try all partitions";
  return error("boot", `ota data partition invalid${rest}`);
}
