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
  const known = choices.filter((choice) => choice !== undefined);
  if (!place || known.length < choices.length) return "failed";
  const entries = yield* readEntries(place);
  if (isHeld(entries, known)) return "kept";
  return known.every(isUpdateSlot)
    ? yield* selectUpdateSlot(place, entries, known)
    : yield* selectDefault(place, entries, known);
}

/** Whether otadata selects the slot under every one of the choices, for good: `selectSlot` would keep it. */
export function* isSelected(
  rows: readonly Row[],
  choices: readonly (SlotChoice | undefined)[],
): Task<boolean> {
  const place = otadataOf(rows);
  const known = choices.filter((choice) => choice !== undefined);
  if (!place || known.length < choices.length) return false;
  return isHeld(yield* readEntries(place), known);
}

/** Where one of the choices is the factory app, only otadata without an entry that counts selects all of them. */
function isHeld(entries: OtaData, choices: readonly SlotChoice[]): boolean {
  const active = activeEntry(entries, "plain");
  if (!choices.every(isUpdateSlot)) return !active && choices.every(({ isDefault }) => isDefault);
  const isSafe = active?.state === OtaState.valid || active?.state === OtaState.undefined;
  return active !== undefined && isSafe && choices.every((choice) => selects(active.seq, choice));
}

const isUpdateSlot = ({ index }: SlotChoice): boolean => index !== undefined;

/** `ota_seq - 1` is unsigned: 0 becomes the largest number. */
const selects = (seq: number, { index, count }: SlotChoice): boolean => ((seq - 1) >>> 0) % count === index;

function* readEntries({ offset }: Row): Task<OtaData> {
  const decoded = decodeOtadata(yield* read(offset, OTADATA_SIZE));
  if (!decoded.ok) throw new TypeError("otadata has been read whole");
  return decoded.value;
}

function* selectUpdateSlot(place: Row, entries: OtaData, slots: readonly SlotChoice[]): Task<Selection> {
  const active = activeEntry(entries, "plain");
  const seq = nextSeq(active?.seq ?? 0, slots);
  if (seq === undefined) return "failed";
  const sector = active === entries[0] ? 1 : 0;
  const done = yield* writeEntry(place.offset + OTA_ENTRY_OFFSETS[sector], otaEntry(seq));
  return done ? "written" : "failed";
}

/** There are at most 16 slots in either table, so their numbers repeat after 256 at the latest. */
const MOST_STEPS = 256;

/** The next number behind `last` that selects the slot under every choice; undefined where there is none. */
export function nextSeq(last: number, slots: readonly SlotChoice[]): number | undefined {
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

/** Makes otadata blank. The entry that counts goes last, so that there is never a third choice. */
function* selectDefault({ offset }: Row, entries: OtaData, choices: readonly SlotChoice[]): Task<Selection> {
  if (!choices.every(({ isDefault }) => isDefault)) return "failed";
  const active = activeEntry(entries, "plain");
  const [first, last] = active === entries[0] ? [SECTOR, 0] : [0, SECTOR];
  const done = (yield* eraseUnit(offset + first, SECTOR)) && (yield* eraseUnit(offset + last, SECTOR));
  return done ? "written" : "failed";
}
