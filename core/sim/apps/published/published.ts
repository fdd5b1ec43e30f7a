import type { TableRow } from "../../../image/tableRows";
import { APP, DATA, isOtaSlot, NVS, OTA_0 } from "../../../table/subtypes";
import type { Step } from "../../device";
import { connect, erase, log, type Program, restart, running, type Task, wait, write } from "../../effect";
import { SECTOR } from "../../flash/contents";
import { seeded } from "../../seeded";
import { beginUpdate } from "../otaUpdate";
import { partitions } from "../partitions";
import { type PublishedConfig, SOURCE_SIZE } from "./config";
import { httpsOta, type KnownDevice } from "./updates";

/** Says where the operations that follow belong in the steps of a plan. */
type EnterStep = (step: Step) => void;

/**
 * The published repartitioner, as it was published, with its faults: the table before the filesystem area is erased, more
 * bytes written than the array has, no write checked, NVS erased, one size of ota_1 known, no SHA-256, and one failed
 * download ends it. Source: `simple_ota_example.c` and `repartition.h` of github.com/insighio/esp-idf-repartitioner.
 */
export function* published(config: PublishedConfig, enter: EnterStep): Program {
  enter("check-device");
  yield* log("I (310) simple_ota_example: Starting OTA example...");
  const rows = yield* partitions(config.tableOffset, IDF);
  const { flashSize, chipId } = config;
  const device: KnownDevice = { rows, running: yield* running(), flashSize, chipId };
  while (!(yield* connect())) yield* wait(POLL);
  yield* log("I (2960) simple_ota_example: Connect to Wifi ! Start to Connect to Server....");
  const isUpgraded = yield* repartition(device, config, enter);
  enter(isUpgraded ? "download-micropython" : "copy-to-runner");
  if (yield* httpsOta(isUpgraded ? "micropython" : "repartitioner", device)) yield* restart();
  yield* log("E (5120) simple_ota_example: Firmware Upgrades Failed");
  for (;;) yield* wait(POLL);
}

const IDF = "v3.3";

/** Milliseconds of `vTaskDelay`. */
const POLL = 1000;

/** `repartition_device`: whether the table is the final one, by the size of ota_1 alone. */
function* repartition(
  { rows, running: offset }: KnownDevice,
  config: PublishedConfig,
  enter: EnterStep,
): Task<boolean> {
  const app = rows.find((row) => row.type === APP && row.offset === offset);
  const second = rows.find(({ type, subtype }) => isOtaSlot(type, subtype) && subtype === OTA_0 + 1);
  if (!app || !second || app.subtype !== OTA_0) return false;
  if (second.size === config.targetSize) return true;
  if (second.size === SOURCE_SIZE) yield* writePartitionTable(rows, config, enter);
  else yield* log("W (2970) REPARTITION: wrong state?");
  return false;
}

/** `write_partition_table`, in its order. What writing and erasing give is not looked at. */
function* writePartitionTable(
  rows: readonly TableRow[],
  { tableOffset, finalTable, filesystem }: PublishedConfig,
  enter: EnterStep,
): Task<void> {
  enter("write-table");
  if (yield* erase(tableOffset, SECTOR)) {
    yield* log("I (2980) REPARTITION: successful repartition");
    yield* write(tableOffset, overRead(finalTable));
  }
  enter("erase-filesystem");
  yield* beginUpdate(filesystem);
  const nvs = rows.find(({ type, subtype }) => type === DATA && subtype === NVS);
  if (nvs) {
    yield* beginUpdate(nvs);
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

/** What stands for the header of the first page that `nvs_flash_init` makes: active, number 0, version 2. */
const NVS_PAGE = Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff);
