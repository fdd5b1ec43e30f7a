import { activeEntry } from "../../../ota/bootChoice";
import {
  decodeOtaEntry,
  encodeOtaEntry,
  OTA_ENTRY_OFFSETS,
  OTA_ENTRY_SIZE,
  otaEntry,
} from "../../../ota/otadata";
import { isOtaSlot } from "../../../table/subtypes";
import {
  type FetchedImage,
  fetchClose,
  fetchOpen,
  fetchRead,
  imageLength,
  read,
  type Task,
  write,
} from "../../effect";
import { nextSeq } from "../../repartitioner/otadata";
import { choiceOf, otadataOf, type Row } from "../../repartitioner/tables";
import { SECTOR } from "../../repartitioner/units";
import { eraseRange } from "./spiFlash";

/** What an app of ESP-IDF v3.3 knows of the device: the table is read once, when the app first asks. */
export interface KnownDevice {
  readonly rows: readonly Row[];
  /** Flash offset of the image that runs. */
  readonly running: number;
  readonly chipId: number;
}

/**
 * `esp_https_ota` of ESP-IDF v3.3: erases the whole next slot, writes whatever comes until the connection ends, checks the
 * image by its own header, and selects it. Neither the status nor the length of the answer is looked at, and no SHA-256.
 */
export function* httpsOta(image: FetchedImage, device: KnownDevice): Task<boolean> {
  const offer = yield* fetchOpen(image, 0);
  const slot = nextUpdateSlot(device);
  const isReceived = offer !== undefined && slot !== undefined && (yield* received(slot));
  yield* fetchClose();
  if (!isReceived || !slot || (yield* imageLength(slot, device.chipId)) === 0) return false;
  return yield* setBootPartition(slot, device.rows);
}

const MAGIC = 0xe9;

/** `esp_ota_begin` with an unknown size, then `esp_ota_write` for each piece. Real pieces are smaller than a sector. */
function* received(slot: Row): Task<boolean> {
  if (!(yield* eraseRange(slot))) return false;
  for (let at = 0; ; ) {
    const bytes = yield* fetchRead(Math.min(SECTOR, slot.size - at));
    if (!bytes) return false;
    if (bytes.length === 0) return true;
    if (at === 0 && bytes[0] !== MAGIC) return false;
    if (!(yield* write(slot.offset + at, bytes))) return false;
    at += bytes.length;
    if (at >= slot.size) return true;
  }
}

/** `esp_ota_get_next_update_partition`: round-robin behind the slot that runs; an app cannot overwrite itself. */
function nextUpdateSlot({ rows, running }: KnownDevice): Row | undefined {
  const slots = rows
    .filter(({ type, subtype }) => isOtaSlot(type, subtype))
    .toSorted((a, b) => a.subtype - b.subtype);
  const index = slots.findIndex(({ offset }) => offset === running);
  const next = slots[(index + 1) % slots.length];
  return next?.offset === running ? undefined : next;
}

/** `esp_ota_set_boot_partition`: the smallest number that selects the slot goes into the sector that does not count. */
function* setBootPartition(slot: Row, rows: readonly Row[]): Task<boolean> {
  const otadata = otadataOf(rows);
  const choice = choiceOf(rows, slot.offset);
  if (!otadata || !choice) return false;
  const [first, second] = OTA_ENTRY_OFFSETS;
  const entries = [
    decodeOtaEntry(yield* read(otadata.offset + first, OTA_ENTRY_SIZE)),
    decodeOtaEntry(yield* read(otadata.offset + second, OTA_ENTRY_SIZE)),
  ] as const;
  const active = activeEntry(entries, "plain");
  const seq = nextSeq(active?.seq ?? 0, [choice]);
  if (seq === undefined) return false;
  const at = otadata.offset + (active === entries[0] ? second : first);
  if (!(yield* eraseRange({ offset: at, size: SECTOR }))) return false;
  return yield* write(at, encodeOtaEntry(otaEntry(seq)));
}
