import { ROW_LENGTH, TABLE_LENGTH } from "../../../table/options";
import { DATA, isOtaSlot, NVS, OTA_0 } from "../../../table/subtypes";
import {
  connect,
  erase,
  log,
  type Program,
  read,
  restart,
  running,
  type Task,
  wait,
  write,
} from "../../effect";
import { rowsOf } from "../../repartitioner/tables";
import { SECTOR } from "../../repartitioner/units";
import { seeded } from "../../seeded";
import { type PublishedConfig, SOURCE_SIZE } from "./config";
import { eraseRange } from "./spiFlash";
import { httpsOta, type KnownDevice } from "./updates";

/** Where its operations belong in the steps of a plan. */
export type EnterStep = (
  step: "copy-to-runner" | "write-table" | "erase-filesystem" | "download-micropython",
) => void;

/**
 * The published repartitioner, as it was published, with its faults: the table before the filesystem area is erased, more
 * bytes written than the array has, no write checked, NVS erased, one size of ota_1 known, no SHA-256, and one failed
 * download ends it. It waits for Wi-Fi for ever. Source: `simple_ota_example.c` and `repartition.h` of
 * github.com/insighio/esp-idf-repartitioner.
 */
export function* published(config: PublishedConfig, enter: EnterStep): Program {
  yield* log("I (310) simple_ota_example: Starting OTA example...");
  const rows = rowsOf(yield* read(config.tableOffset, TABLE_LENGTH));
  const device: KnownDevice = { rows, running: yield* running(), chipId: config.chipId };
  while (!(yield* connect())) yield* wait(POLL);
  yield* log("I (2960) simple_ota_example: Connect to Wifi ! Start to Connect to Server....");
  const isUpgraded = yield* repartition(device, config, enter);
  enter(isUpgraded ? "download-micropython" : "copy-to-runner");
  if (yield* httpsOta(isUpgraded ? "micropython" : "repartitioner", device)) yield* restart();
  yield* log("E (5120) simple_ota_example: Firmware Upgrades Failed");
  for (;;) yield* wait(POLL);
}

/** Milliseconds of `vTaskDelay`. */
const POLL = 1000;

/** `repartition_device`: whether the table is the final one. By the size of ota_1 alone. */
function* repartition(device: KnownDevice, config: PublishedConfig, enter: EnterStep): Task<boolean> {
  const app = device.rows.find(({ type, offset }) => type === 0 && offset === device.running);
  const second = device.rows.find(({ type, subtype }) => isOtaSlot(type, subtype) && subtype === OTA_0 + 1);
  if (!app || !second || app.subtype !== OTA_0) return false;
  if (second.size === config.targetSize) return true;
  if (second.size === SOURCE_SIZE) yield* writePartitionTable(device, config, enter);
  else yield* log("W (2970) REPARTITION: wrong state?");
  return false;
}

/** `write_partition_table`, in its order. What comes back from writing and erasing is not looked at. */
function* writePartitionTable(
  { rows }: KnownDevice,
  { tableOffset, finalTable, filesystem }: PublishedConfig,
  enter: EnterStep,
): Task<void> {
  enter("write-table");
  if (yield* erase(tableOffset, SECTOR)) {
    yield* log("I (2980) REPARTITION: successful repartition");
    yield* write(tableOffset, overRead(finalTable));
  }
  enter("erase-filesystem");
  yield* eraseRange(filesystem);
  const nvs = rows.find(({ type, subtype }) => type === DATA && subtype === NVS);
  if (nvs) {
    yield* eraseRange(nvs);
    yield* write(nvs.offset, NVS_PAGE);
  }
  yield* restart();
}

/** A whole sector is read from the array: behind its end stands what the linker put there. */
function overRead(finalTable: Uint8Array): Uint8Array {
  const random = seeded(finalTable.length);
  const bytes = new Uint8Array(SECTOR).map(() => random() & 0xff);
  bytes.set(finalTable);
  return bytes;
}

/** The header of a page that `nvs_flash_init` makes active: state, number, version, and its CRC-32 is not modelled. */
const NVS_PAGE = Uint8Array.from(
  { length: ROW_LENGTH },
  (_, at) => [0xfe, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xfe][at] ?? 0xff,
);
