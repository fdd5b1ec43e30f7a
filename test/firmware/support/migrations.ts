import { chipById } from "../../../core/chip/targets";
import { blankEntry, encodeOtadata, type OtaEntry, OtaState, otaEntry } from "../../../core/ota/otadata";
import type { BootloaderModel } from "../../../core/sim/boot/model";
import type { DeviceState } from "../../../core/sim/device";
import type { ContentStore } from "../../../core/sim/flash/contents";
import { blankFlash, eraseFlash, type Flash, writeFlash } from "../../../core/sim/flash/flash";
import { appImage, bootloaderImage, type SimulatedImage } from "../../../core/sim/images";
import type { RepartitionerConfig } from "../../../core/sim/repartitioner/config";
import { expectedImage } from "../../../core/sim/repartitioner/configOf";
import { freshNetwork, type Network } from "../../../core/sim/server";
import { isOtaSlot } from "../../../core/table/subtypes";
import { padTo, pattern } from "../../support/bytes";
import { makeTable, type RowFixture } from "../../support/imageFixture";

/** Migrations on devices of 1 MB, so that thousands of lives of them run in a test. */

const target = chipById("esp32");
if (!target) throw new Error("there is no ESP32");
export const esp32 = target;

export const FLASH_SIZE = 0x100000;
export const TABLE = 0x8000;
export const OTADATA = 0xe000;

const images = (size: number) => ({
  firmware: appImage({ kind: "firmware", size: 0x5230, chip: esp32 }),
  repartitioner: appImage({ kind: "repartitioner", size: 0x8120, chip: esp32 }),
  micropython: appImage({ kind: "micropython", size, chip: esp32 }),
});

export interface Migration {
  readonly name: string;
  readonly source: readonly RowFixture[];
  readonly target: readonly RowFixture[];
  readonly md5Row: "present" | "none";
  /** Offsets of slots: where it runs from in the end, where MicroPython goes, and where it was delivered to. */
  readonly runner: number;
  readonly receiver: number;
  readonly delivered: number;
  /** Where the firmware of before stands. */
  readonly firmware: number;
  readonly entry: OtaEntry;
  readonly bootloader: BootloaderModel;
  readonly micropythonSize: number;
  /** Of a run in which nothing happens: this MicroPython, built with ESP-IDF v5, takes no table without an MD5 row. */
  readonly end: "idle" | "waiting";
}

const row = (label: string, type: number, subtype: number, offset: number, size: number): RowFixture => ({
  label,
  type,
  subtype,
  offset,
  size,
});

const nvs = row("nvs", 1, 2, 0x9000, 0x5000);
const otadata = row("otadata", 1, 0, OTADATA, 0x2000);
const factory = (offset: number, size: number) => row("factory", 0, 0, offset, size);
const slot = (index: number, offset: number, size: number) =>
  row(`ota_${index}`, 0, 0x10 + index, offset, size);
const vfs = (offset: number, size: number) => row("vfs", 1, 0x81, offset, size);
const spiffs = (offset: number, size: number) => row("spiffs", 1, 0x82, offset, size);

const [A, B, C, D] = [0x10000, 0x60000, 0xb0000, 0xd0000];
const twoSlots = [nvs, otadata, slot(0, A, 0x50000), slot(1, B, 0x50000), spiffs(C, 0x50000)];
const published = [nvs, otadata, slot(0, A, 0x50000), slot(1, B, 0x70000), vfs(D, 0x30000)];
const balanced = [nvs, otadata, slot(0, A, 0x60000), slot(1, 0x70000, 0x60000), vfs(D, 0x30000)];
const threeSlots = [
  ...[nvs, otadata, slot(0, A, 0x40000), slot(1, 0x50000, 0x40000), slot(2, 0x90000, 0x40000)],
  spiffs(D, 0x30000),
];
const withFactory = [
  ...[nvs, otadata, factory(A, 0x30000), slot(0, 0x40000, 0x30000), slot(1, 0x70000, 0x40000)],
  spiffs(C, 0x50000),
];
const factoryRunner = [nvs, otadata, factory(A, 0x30000), slot(0, 0x40000, 0x90000), vfs(D, 0x30000)];
const becomesFactory = [nvs, otadata, factory(A, 0x50000), slot(0, B, 0x70000), vfs(D, 0x30000)];

const plain: BootloaderModel = { kind: "plain", idfVersion: "v3.3.5" };
const rollback: BootloaderModel = { kind: "rollback", idfVersion: "v4.4" };
const old: BootloaderModel = { kind: "stateless", idfVersion: "v3.0" };

const base = {
  source: twoSlots,
  target: published,
  md5Row: "present",
  runner: A,
  receiver: B,
  delivered: B,
  firmware: A,
  entry: otaEntry(2),
  bootloader: plain,
  micropythonSize: 0x9340,
  end: "idle",
} as const;

export const migrations: readonly Migration[] = [
  { ...base, name: "published, delivered beside the runner" },
  { ...base, name: "published, delivered where it runs", delivered: A, firmware: B, entry: otaEntry(7) },
  { ...base, name: "published, on trial", bootloader: rollback, entry: otaEntry(2, OtaState.new) },
  {
    ...base,
    name: "published, an old bootloader without MD5",
    bootloader: old,
    md5Row: "none",
    end: "waiting",
  },
  { ...base, name: "balanced", target: balanced, receiver: 0x70000 },
  { ...base, name: "a MicroPython of less than a sector", micropythonSize: 0x800 },
  {
    ...base,
    name: "from three slots to two",
    source: threeSlots,
    firmware: 0x50000,
    delivered: 0x90000,
    entry: otaEntry(9),
  },
  {
    ...base,
    name: "from two slots to three",
    target: [
      nvs,
      otadata,
      slot(0, A, 0x50000),
      slot(1, B, 0x40000),
      slot(2, 0xa0000, 0x30000),
      vfs(D, 0x30000),
    ],
    receiver: 0xa0000,
  },
  {
    ...base,
    name: "from the factory app",
    source: withFactory,
    target: factoryRunner,
    receiver: 0x40000,
    delivered: 0x40000,
    entry: otaEntry(1),
  },
  {
    ...base,
    name: "from the second slot",
    target: [nvs, otadata, slot(0, A, 0x50000), slot(1, B, 0x50000), vfs(C, 0x50000)],
    runner: B,
    receiver: A,
    delivered: A,
    firmware: B,
    entry: otaEntry(1),
  },
  { ...base, name: "the runner becomes the factory app", target: becomesFactory },
];

export const imagesOf = ({ micropythonSize }: Migration) => images(micropythonSize);

export const allImages = (migration: Migration): readonly SimulatedImage[] =>
  Object.values(imagesOf(migration));

export function configOf(migration: Migration): RepartitionerConfig {
  const place = migration.target.find(({ label }) => label === "vfs");
  if (!place) throw new Error("a target table has a vfs");
  return {
    tableOffset: TABLE,
    bootloaderOffset: esp32.bootloaderOffset,
    chipId: esp32.imageChipId,
    sourceTable: makeTable(migration.source, migration.md5Row),
    targetTable: padTo(makeTable(migration.target, migration.md5Row), 0x1000),
    runnerOffset: migration.runner,
    receiverOffset: migration.receiver,
    filesystemOffset: place.offset,
    eraseList: [{ offset: place.offset, size: place.size }],
    micropython: expectedImage(imagesOf(migration).micropython.bytes),
  };
}

/** The device right after its firmware has installed the repartitioner, with files where the new ones will be. */
export function deliveredFlash(migration: Migration, store?: ContentStore): Flash {
  const { firmware, repartitioner } = imagesOf(migration);
  const { filesystemOffset, sourceTable } = configOf(migration);
  const pieces: readonly (readonly [number, Uint8Array])[] = [
    [esp32.bootloaderOffset, bootloaderImage({ chip: esp32, flashSize: FLASH_SIZE })],
    [TABLE, sourceTable],
    [OTADATA, encodeOtadata([migration.entry, blankEntry])],
    [migration.firmware, firmware.bytes],
    [migration.delivered, repartitioner.bytes],
    [filesystemOffset + 0x3000, pattern(0x2000, 9)],
    [filesystemOffset + 0x21000, pattern(0x1000, 10)],
  ];
  return pieces.reduce<Flash>(
    (flash, [offset, bytes]) => writeFlash(flash, offset, bytes),
    blankFlash(FLASH_SIZE, { store }),
  );
}

export function deviceState(migration: Migration, network: Partial<Network> = {}): DeviceState {
  const { repartitioner, micropython } = imagesOf(migration);
  const files = { repartitioner: repartitioner.bytes, micropython: micropython.bytes };
  return {
    flash: deliveredFlash(migration),
    network: freshNetwork({ files, ...network }),
    step: undefined,
  };
}

export const slotsOf = (rows: readonly RowFixture[]): number =>
  rows.filter(({ type, subtype }) => isOtaSlot(type, subtype)).length;

export function named(name: string): Migration {
  const found = migrations.find((migration) => migration.name === name);
  if (!found) throw new Error(`there is no migration ${name}`);
  return found;
}

/** Whatever stood there before. */
export function put(flash: Flash, offset: number, bytes: Uint8Array): Flash {
  let erased = flash;
  for (let at = offset; at < offset + bytes.length; at += 0x1000) erased = eraseFlash(erased, at, 0x1000);
  return writeFlash(erased, offset, bytes);
}
