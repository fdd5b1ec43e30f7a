import { flashSizeOfNibble } from "../../chip/flashSize";
import { u8 } from "../../image/bytes";
import { MAGIC } from "../../image/header";
import { connect, imageLength, isBlank, isProtected, read, running, sha256, type Task } from "../effect";
import type { RepartitionerConfig } from "./config";
import { isCopy } from "./copying";
import { type DeviceFacts, factValues } from "./decide";
import { isSelected } from "./otadata";
import { isErased, isReady } from "./readiness";
import {
  appAt,
  appsOf,
  choiceOf,
  plausibleRowsOf,
  type Row,
  rowsOf,
  type SlotChoice,
  type TableState,
  tableEnd,
  tableState,
} from "./tables";
import { PATIENCE, SECTOR } from "./units";

/** What was found, and what it was found by. */
export interface Situation {
  readonly facts: DeviceFacts;
  /** Of the table in flash. */
  readonly rows: readonly Row[];
  /** The app partition that runs, where it has one. */
  readonly running: Row | undefined;
  /** The first other app that could be started. */
  readonly wayBack: Row | undefined;
}

const nothingKnown: DeviceFacts = {
  device: factValues.device[0],
  table: factValues.table[0],
  running: factValues.running[0],
  copy: factValues.copy[0],
  filesystem: factValues.filesystem[0],
  otadata: factValues.otadata[0],
  image: factValues.image[0],
  network: factValues.network[0],
  patience: factValues.patience[0],
  wayBack: factValues.wayBack[0],
};

/** Looks at the device as far as it matters: a device that is half way through its table is not asked for a network. */
export function* lookAround(config: RepartitionerConfig, failures: number): Task<Situation> {
  const found = yield* read(config.tableOffset, SECTOR);
  const flashSize = yield* believedFlashSize(config);
  const rows = plausibleRowsOf(found, config.tableOffset, flashSize);
  const place = yield* running();
  const app = appAt(rows, place);
  const device = yield* deviceState(config, flashSize);
  const base: DeviceFacts = {
    ...nothingKnown,
    device,
    table: yield* knownTable(found, device, config),
    running: place === config.runnerOffset ? "runner" : app ? "other" : "unknown",
    patience: failures < PATIENCE ? "left" : "spent",
  };
  if (base.table === "torn") return { facts: base, rows, running: app, wayBack: undefined };
  const network = (yield* connect()) ? "online" : "offline";
  const wayBack = base.table === "target" ? undefined : yield* otherApp(rows, app, config);
  const facts: DeviceFacts = {
    ...base,
    network,
    wayBack: wayBack ? "firmware" : "none",
    ...(yield* workDone(base, rows, app, config)),
  };
  return { facts, rows, running: app, wayBack };
}

/** What looks torn is only called so where everything was done that is done before the table is touched. */
function* knownTable(
  found: Uint8Array,
  device: DeviceFacts["device"],
  config: RepartitionerConfig,
): Task<TableState> {
  const state = tableState(found, config);
  return state === "torn" && device === "fit" && !(yield* isReady(config)) ? "foreign" : state;
}

function* deviceState(
  config: RepartitionerConfig,
  flashSize: number | undefined,
): Task<DeviceFacts["device"]> {
  if (yield* isProtected()) return "protected";
  return tableEnd(rowsOf(config.targetTable)) <= (flashSize ?? 0) ? "fit" : "small-flash";
}

/** What the bootloader believes, which refuses tables that go beyond it. */
function* believedFlashSize({ bootloaderOffset }: RepartitionerConfig): Task<number | undefined> {
  const header = yield* read(bootloaderOffset, 4);
  return u8(header, 0) === MAGIC ? flashSizeOfNibble(u8(header, 3) >> 4) : undefined;
}

/** An app of this chip in a slot that does not run and holds something else than the repartitioner. */
function* otherApp(
  rows: readonly Row[],
  app: Row | undefined,
  { chipId }: RepartitionerConfig,
): Task<Row | undefined> {
  for (const other of appsOf(rows)) {
    if (!app || other.offset === app.offset) continue;
    if ((yield* imageLength(other, chipId)) > 0 && !(yield* isCopy(other, app, chipId))) return other;
  }
  return undefined;
}

/** How far it is already: only that is looked at on which the decision still depends. */
function* workDone(
  { device, table, running: place }: DeviceFacts,
  rows: readonly Row[],
  app: Row | undefined,
  config: RepartitionerConfig,
): Task<Partial<DeviceFacts>> {
  // Its places may lie beyond a small flash.
  if (device !== "fit") return {};
  if (place === "other" && app) {
    const runner = appAt(rows, config.runnerOffset);
    return { copy: runner && (yield* isCopy(runner, app, config.chipId)) ? "present" : "absent" };
  }
  if (place !== "runner" || table === "foreign") return {};
  if (table === "source")
    return {
      filesystem: (yield* isErased(config)) ? "blank" : "dirty",
      otadata: yield* otadataState(rows, config),
    };
  return { filesystem: yield* filesystemState(config), image: yield* imageState(config) };
}

function* otadataState(rows: readonly Row[], config: RepartitionerConfig): Task<DeviceFacts["otadata"]> {
  return (yield* isSelected(rows, runnerChoices(rows, config))) ? "settled" : "unsettled";
}

/** How otadata selects the slot that runs, under the table in flash and under the new one. */
export const runnerChoices = (
  rows: readonly Row[],
  { runnerOffset, targetTable }: RepartitionerConfig,
): readonly (SlotChoice | undefined)[] => [
  choiceOf(rows, runnerOffset),
  choiceOf(rowsOf(targetTable), runnerOffset),
];

/** The superblock of LittleFS has this at its byte 8; it stands in either of the first two blocks (LittleFS, SPEC.md). */
const LITTLEFS_MAGIC = [..."littlefs"].map((char) => char.charCodeAt(0));
const MAGIC_OFFSET = 8;

function* filesystemState({ filesystemOffset }: RepartitionerConfig): Task<DeviceFacts["filesystem"]> {
  if (yield* isBlank({ offset: filesystemOffset, size: SECTOR })) return "blank";
  for (const block of [0, SECTOR]) {
    const found = yield* read(filesystemOffset + block + MAGIC_OFFSET, LITTLEFS_MAGIC.length);
    if (LITTLEFS_MAGIC.every((byte, at) => found[at] === byte)) return "littlefs";
  }
  return "dirty";
}

function* imageState({ receiverOffset, micropython }: RepartitionerConfig): Task<DeviceFacts["image"]> {
  return (yield* sha256(receiverOffset, micropython.size)) === micropython.sha256 ? "micropython" : "none";
}
