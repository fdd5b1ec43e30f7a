import { equalBytes } from "../../image/bytes";
import { activeEntry } from "../../ota/bootChoice";
import {
  decodeOtadata,
  encodeOtadata,
  OTA_ENTRY_OFFSETS,
  OTA_ENTRY_SIZE,
  OTADATA_SIZE,
  type OtaData,
  type OtaEntry,
  OtaState,
  otaEntry,
} from "../../ota/otadata";
import { read, type Task, write } from "../effect";
import { eraseUnit } from "./erasing";
import { otadataOf, type Row, type SlotChoice } from "./tables";
import { ATTEMPTS, SECTOR } from "./units";

/** What selecting a slot came to; `kept`: it was selected already, so nothing was written. */
export type Selection = "kept" | "written" | "failed";

/**
 * Makes otadata select the slot under every one of the choices, with a state that no rollback touches. The entry that
 * counts is never changed: a new one is written into the other sector, and until it is whole the old one counts. So this
 * also confirms an app that is on trial (`esp_ota_mark_app_valid_cancel_rollback` rewrites the entry in its place).
 */
export function* selectSlot(
  rows: readonly Row[],
  choices: readonly (SlotChoice | undefined)[],
): Task<Selection> {
  const place = otadataOf(rows);
  if (!place || choices.some((choice) => choice === undefined)) return "failed";
  const entries = yield* readEntries(place);
  const slots = choices.filter((choice) => typeof choice === "object");
  return slots.length === choices.length
    ? yield* selectUpdateSlot(place, entries, slots)
    : yield* selectFactory(place, entries);
}

/** Whether the entry that counts selects the slot under every one of the choices. */
export function* isSelected(
  rows: readonly Row[],
  choices: readonly (SlotChoice | undefined)[],
): Task<boolean> {
  const place = otadataOf(rows);
  if (!place) return false;
  const active = activeEntry(yield* readEntries(place), "plain");
  return choices.every((choice) => {
    if (choice === undefined) return false;
    return choice === "factory" ? active === undefined : active !== undefined && selects(active.seq, choice);
  });
}

type UpdateSlot = Exclude<SlotChoice, "factory">;

const selects = (seq: number, { index, count }: UpdateSlot): boolean => (seq - 1) % count === index;

function* readEntries({ offset }: Row): Task<OtaData> {
  const decoded = decodeOtadata(yield* read(offset, OTADATA_SIZE));
  if (!decoded.ok) throw new TypeError("otadata has been read whole");
  return decoded.value;
}

function* selectUpdateSlot(place: Row, entries: OtaData, slots: readonly UpdateSlot[]): Task<Selection> {
  const active = activeEntry(entries, "plain");
  const isSafe = active?.state === OtaState.valid || active?.state === OtaState.undefined;
  if (active && isSafe && slots.every((slot) => selects(active.seq, slot))) return "kept";
  const seq = nextSeq(active?.seq ?? 0, slots);
  if (seq === undefined) return "failed";
  const sector = active === entries[0] ? 1 : 0;
  const done = yield* writeEntry(place.offset + OTA_ENTRY_OFFSETS[sector], otaEntry(seq));
  return done ? "written" : "failed";
}

/** There are at most 16 slots in either table, so their numbers repeat after 256 at the latest. */
const MOST_STEPS = 256;

/** The next number behind `last` that selects the slot under every choice; undefined where there is none. */
export function nextSeq(last: number, slots: readonly UpdateSlot[]): number | undefined {
  for (let seq = last + 1; seq <= last + MOST_STEPS && seq < 0xffffffff; seq++)
    if (slots.every((slot) => selects(seq, slot))) return seq;
  return undefined;
}

function* writeEntry(at: number, entry: OtaEntry): Task<boolean> {
  const bytes = encodeOtadata([entry, entry]).subarray(0, OTA_ENTRY_SIZE);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!(yield* eraseUnit(at, SECTOR))) return false;
    yield* write(at, bytes);
    if (equalBytes(yield* read(at, OTA_ENTRY_SIZE), bytes)) return true;
  }
  return false;
}

/** Blank otadata starts the factory app. The entry that counts goes last, so that there is never a third choice. */
function* selectFactory({ offset }: Row, entries: OtaData): Task<Selection> {
  const active = activeEntry(entries, "plain");
  if (!active) return "kept";
  const [first, last] = active === entries[0] ? [SECTOR, 0] : [0, SECTOR];
  const done = (yield* eraseUnit(offset + first, SECTOR)) && (yield* eraseUnit(offset + last, SECTOR));
  return done ? "written" : "failed";
}
