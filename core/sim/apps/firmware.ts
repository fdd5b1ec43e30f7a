import { flashSizeOfNibble } from "../../chip/flashSize";
import { u8 } from "../../image/bytes";
import { MAGIC } from "../../image/header";
import type { TableRow } from "../../image/tableRows";
import { OTA_ENTRY_OFFSETS, OtaState } from "../../ota/otadata";
import { endOf } from "../../table/entry";
import { APP, DATA, FACTORY, OTADATA } from "../../table/subtypes";
import type { AppContext } from "../device";
import {
  connect,
  erase,
  fetchClose,
  fetchOpen,
  fetchRead,
  imageLength,
  log,
  type Program,
  restart,
  type Task,
  wait,
  write,
} from "../effect";
import { SECTOR } from "../flash/contents";
import { beginUpdate, markValid, nextUpdateSlot, selectSlot } from "./otaUpdate";
import { partitions } from "./partitions";

export interface FirmwareOptions {
  /** Built with CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE: its updates begin on trial, and it confirms itself. */
  readonly rollback?: boolean | undefined;
}

const CHUNK = 0x1000;
/** Milliseconds between two attempts. */
const PAUSE = 60_000;

/**
 * The firmware of the field, as far as a migration sees it: an app that asks its server for an update and installs it as
 * `esp_https_ota` does. What fails changes nothing of what runs; it tries again.
 */
export const firmware =
  ({ rollback = false }: FirmwareOptions = {}) =>
  (context: AppContext): Program =>
    updater(context, rollback);

function* updater(context: AppContext, rollback: boolean): Program {
  const { tableOffset, image, offset, enter } = context;
  enter("deliver-repartitioner");
  yield* log(appLine(`Project name: field firmware, ESP-IDF: ${image.idfVersion}`));
  const rows = yield* partitions(tableOffset, image.idfVersion);
  const otadata = rows.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  if (!rows.some((row) => row.offset === offset)) return yield* abort("esp_ota_get_running_partition");
  const slot = slotFor(rows, context);
  if (!slot && otadata && hasFactoryApp(rows, offset)) return yield* startFactoryApp(otadata);
  if (!otadata || !slot) return yield* log(appLine("there is no slot for an update"));
  const isOnTrial = rollback && (yield* markValid(otadata));
  for (;;) {
    const fault = isOnTrial ? "ESP_ERR_OTA_ROLLBACK_INVALID_STATE" : yield* install(slot, context);
    if (fault === undefined) break;
    yield* log(appLine(`update failed: ${fault}`));
    yield* wait(PAUSE);
  }
  enter("start-repartitioner");
  yield* selectSlot(rows, otadata, slot, rollback ? OtaState.new : OtaState.undefined);
  yield* log(appLine("update installed, restarting"));
  yield* restart();
}

/** ESP-IDF erases nothing of a slot that ends beyond the flash, as one does whose row is half written. */
function slotFor(rows: readonly TableRow[], { image, offset }: AppContext): TableRow | undefined {
  const slot = nextUpdateSlot(rows, offset);
  const flashSize = flashSizeOfNibble(u8(image.bytes, 3) >> 4);
  return slot && endOf(slot) <= flashSize ? slot : undefined;
}

/** With one slot the factory app writes the update, as Tasmota's safeboot does. */
const hasFactoryApp = (rows: readonly TableRow[], running: number): boolean =>
  rows.some(({ type, subtype, offset }) => type === APP && subtype === FACTORY && offset !== running);

/** `esp_ota_set_boot_partition` of the factory app. */
function* startFactoryApp(otadata: TableRow): Task<void> {
  yield* log(appLine("the factory app installs updates, restarting"));
  for (const sector of OTA_ENTRY_OFFSETS) yield* erase(otadata.offset + sector, SECTOR);
  yield* restart();
}

const appLine = (text: string): string => `I (1000) app: ${text}`;

/** A panic resets the chip. */
function* abort(where: string): Task<void> {
  yield* log(`abort() was called in ${where}`);
  yield* restart();
}

/** Why it failed; undefined where the slot holds an image that can be started. */
function* install(slot: TableRow, { chip }: AppContext): Task<string | undefined> {
  if (!(yield* connect())) return "no Wi-Fi";
  const offer = yield* fetchOpen("repartitioner", 0);
  if (!offer) return "the server cannot be reached";
  const fault =
    offer.status === 200 ? yield* receiveInto(slot, offer.total) : `the server answers ${offer.status}`;
  yield* fetchClose();
  if (fault !== undefined) return fault;
  return (yield* imageLength(slot, chip.imageChipId)) > 0 ? undefined : "ESP_ERR_OTA_VALIDATE_FAILED";
}

function* receiveInto(slot: TableRow, total: number | undefined): Task<string | undefined> {
  yield* beginUpdate(slot);
  for (let at = 0; ; ) {
    const bytes = yield* fetchRead(CHUNK);
    if (!bytes) return `the connection broke after ${at} bytes`;
    if (bytes.length === 0) return total === undefined || at === total ? undefined : "the file is not whole";
    if (at === 0 && u8(bytes, 0) !== MAGIC) return "ESP_ERR_OTA_VALIDATE_FAILED";
    if (at + bytes.length > slot.size) return "the update is larger than its slot";
    yield* write(slot.offset + at, bytes);
    at += bytes.length;
  }
}
