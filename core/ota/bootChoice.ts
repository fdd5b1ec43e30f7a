import type { PartitionEntry } from "../table/entry";
import { APP, DATA, FACTORY, isOtaSlot, OTADATA, TEST } from "../table/subtypes";
import { BLANK_SEQ, type OtaData, type OtaEntry, OtaState, otaEntry, seqCrc } from "./otadata";
import { slotNumber } from "./slots";

/** What the bootloader looks at of a row. */
export type BootRow = Pick<PartitionEntry, "type" | "subtype" | "offset" | "size">;

/** A partition table as the bootloader sees it (`bootloader_state_t`); of rows of one kind the last one counts. */
export interface BootTable<Row extends BootRow> {
  readonly otadata: Row | undefined;
  readonly factory: Row | undefined;
  readonly test: Row | undefined;
  /** By number, as many as there are rows: behind a gap in the numbering the last ones can never start. */
  readonly slots: readonly (Row | undefined)[];
}

/**
 * What the bootloader makes of otadata: `plain` since ESP-IDF v3.3, `rollback` where it was built with
 * CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE, `stateless` before v3.3.
 */
export type BootloaderKind = "plain" | "rollback" | "stateless";

/** An update slot by its number, or the factory app. */
export type BootIndex = number | "factory";

export interface BootChoice {
  /** Which app the bootloader tries first. */
  readonly index: BootIndex;
  /** otadata as the bootloader leaves it before it loads the app: rollback writes states. */
  readonly otadata: OtaData;
  /** Whether it writes the first entry once the app has loaded, because neither was ever written. */
  readonly initialises: boolean;
}

/** Reads the rows as `bootloader_utility_load_partition_table` in bootloader_utility.c does. */
export function bootTable<Row extends BootRow>(rows: readonly Row[]): BootTable<Row> {
  const last = (type: number, subtype: number): Row | undefined =>
    rows.findLast((row) => row.type === type && row.subtype === subtype);
  const otaRows = rows.filter(({ type, subtype }) => isOtaSlot(type, subtype));
  return {
    otadata: last(DATA, OTADATA),
    factory: last(APP, FACTORY),
    test: last(APP, TEST),
    slots: otaRows.map((_, number) => otaRows.findLast((row) => slotNumber(row) === number)),
  };
}

/**
 * Which app the bootloader tries first. Source: `bootloader_utility_get_selected_boot_partition` in
 * bootloader_utility.c, without anti-rollback.
 */
export function bootChoice<Row extends BootRow>(
  { otadata: row, factory, slots }: BootTable<Row>,
  stored: OtaData,
  kind: BootloaderKind,
): BootChoice {
  const chosen = (index: BootIndex, otadata: OtaData, initialises = false): BootChoice => ({
    index,
    otadata,
    initialises,
  });
  if (!row) return chosen("factory", stored);
  const otadata = kind === "rollback" ? mapped(stored, abortPending) : stored;
  if (slots.length === 0 || otadata.every((entry) => !isUsable(entry, kind))) {
    if (factory) return chosen("factory", otadata);
    return chosen(0, otadata, kind !== "stateless" && !otadata.some(wasWritten));
  }
  const active = activeEntry(otadata, kind);
  // Written, but damaged: the bootloader calls it "factory" even where there is none, and then tries all slots.
  if (active === undefined) return chosen("factory", otadata);
  // `ota_seq - 1` is unsigned: 0 becomes the largest number.
  const index = ((active.seq - 1) >>> 0) % slots.length;
  const tried = kind === "rollback" ? mapped(otadata, (entry) => startTrial(entry, active)) : otadata;
  return chosen(index, tried);
}

/**
 * The rows in the order in which the bootloader tries to load them: from the chosen slot down to slot 0, the factory
 * app, the slots above, the test app. Source: `bootloader_utility_load_boot_image` in bootloader_utility.c.
 */
export function bootOrder<Row extends BootRow>(table: BootTable<Row>, index: BootIndex): Row[] {
  const { factory, slots, test } = table;
  const first = index === "factory" ? -1 : index;
  const order = [...slots.slice(0, first + 1).reverse(), factory, ...slots.slice(first + 1), test];
  return order.flatMap((row) => (row && row.size > 0 ? [row] : []));
}

/** The entry that counts: the one with the higher number, the first one of two equal ones. */
export const activeEntry = (otadata: OtaData, kind: BootloaderKind): OtaEntry | undefined =>
  otadata
    .filter((entry) => isUsable(entry, kind) && isIntact(entry))
    .reduce<OtaEntry | undefined>((best, entry) => (best && best.seq >= entry.seq ? best : entry), undefined);

/** The opposite of `bootloader_common_ota_select_invalid`; before v3.3 it knew no states. */
export const isUsable = ({ seq, state }: OtaEntry, kind: BootloaderKind): boolean =>
  seq !== BLANK_SEQ && (kind === "stateless" || (state !== OtaState.invalid && state !== OtaState.aborted));

const isIntact = ({ seq, crc }: OtaEntry): boolean => crc === seqCrc(seq);
const wasWritten = (entry: OtaEntry): boolean => entry.seq !== BLANK_SEQ && isIntact(entry);

/** An app that did not confirm itself until the next reset has failed. */
const abortPending = (entry: OtaEntry): OtaEntry =>
  entry.state === OtaState.pendingVerify ? { ...entry, state: OtaState.aborted } : entry;

const startTrial = (entry: OtaEntry, active: OtaEntry): OtaEntry =>
  entry === active && entry.state === OtaState.new ? { ...entry, state: OtaState.pendingVerify } : entry;

const mapped = ([first, second]: OtaData, change: (entry: OtaEntry) => OtaEntry): OtaData => [
  change(first),
  change(second),
];

/** The entry that a bootloader writes into the first sector when `initialises` says so, once `slot` has loaded. */
export const initialEntry = (slot: number): OtaEntry => otaEntry(slot + 1, OtaState.valid);
