import { u8 } from "../../../image/bytes";
import { MAGIC } from "../../../image/header";
import type { TableRow } from "../../../image/tableRows";
import { OtaState } from "../../../ota/otadata";
import { endOf } from "../../../table/entry";
import { DATA, OTADATA } from "../../../table/subtypes";
import {
  type FetchedImage,
  fetchClose,
  fetchOpen,
  fetchRead,
  imageLength,
  type Task,
  write,
} from "../../effect";
import { SECTOR } from "../../flash/contents";
import { beginUpdate, nextUpdateSlot, selectSlot } from "../otaUpdate";

/** What an app knows of its device: the table is read once, when it first asks. */
export interface KnownDevice {
  readonly rows: readonly TableRow[];
  /** Flash offset of the image that runs. */
  readonly running: number;
  readonly flashSize: number;
  readonly chipId: number;
}

/**
 * `esp_https_ota` of ESP-IDF v3.3: erases the whole next slot, writes whatever comes until the connection ends, checks the
 * image by its own header, and selects it. Neither the status nor the length of the answer is looked at, and no SHA-256.
 */
export function* httpsOta(
  image: FetchedImage,
  { rows, running, flashSize, chipId }: KnownDevice,
): Task<boolean> {
  const offer = yield* fetchOpen(image, 0);
  const slot = nextUpdateSlot(rows, running);
  const otadata = rows.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  const isReceived = offer && slot && endOf(slot) <= flashSize && (yield* received(slot));
  yield* fetchClose();
  if (!isReceived || !otadata || (yield* imageLength(slot, chipId)) === 0) return false;
  yield* selectSlot(rows, otadata, slot, OtaState.undefined);
  return true;
}

/** `esp_ota_begin` with an unknown size, then `esp_ota_write` for each piece. Real pieces are smaller than a sector. */
function* received(slot: TableRow): Task<boolean> {
  yield* beginUpdate(slot);
  for (let at = 0; ; ) {
    const bytes = yield* fetchRead(SECTOR);
    if (!bytes || at + bytes.length > slot.size) return false;
    if (bytes.length === 0) return true;
    if (at === 0 && u8(bytes, 0) !== MAGIC) return false;
    yield* write(slot.offset + at, bytes);
    at += bytes.length;
  }
}
