import { chipById } from "../../../core/chip/targets";
import { encodeOtadata, type OtaData } from "../../../core/ota/otadata";
import { firmware } from "../../../core/sim/apps/firmware";
import { micropython } from "../../../core/sim/apps/micropython";
import type { BootloaderModel } from "../../../core/sim/boot/model";
import type { DeviceSetup, DeviceState, Programs } from "../../../core/sim/device";
import type { ContentStore } from "../../../core/sim/flash/contents";
import { blankFlash, type Flash, writeFlash } from "../../../core/sim/flash/flash";
import { type AppKind, appImage, bootloaderImage, type SimulatedImage } from "../../../core/sim/images";
import { freshNetwork, type Network } from "../../../core/sim/server";
import { makeTable, type RowFixture } from "../../support/imageFixture";

/** A device of 4 MB with the table of Arduino, small images in it, and a toy where the repartitioner goes. */

const target = chipById("esp32");
if (!target) throw new Error("there is no ESP32");
export const esp32 = target;

export const SLOT_0 = 0x10000;
export const SLOT_1 = 0x150000;
export const OTADATA = 0xe000;
export const VFS = 0x290000;

export const OTA_ROWS: readonly RowFixture[] = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x5000 },
  { label: "otadata", type: 1, subtype: 0, offset: OTADATA, size: 0x2000 },
  { label: "app0", type: 0, subtype: 0x10, offset: SLOT_0, size: 0x140000 },
  { label: "app1", type: 0, subtype: 0x11, offset: SLOT_1, size: 0x140000 },
  { label: "vfs", type: 1, subtype: 0x81, offset: VFS, size: 0x170000 },
];

export const image = (kind: AppKind, size = 0x23450, idfVersion = "v4.4.4"): SimulatedImage =>
  appImage({ kind, size, chip: esp32, idfVersion });

export const images = {
  firmware: image("firmware"),
  repartitioner: image("repartitioner", 0x12340),
  micropython: image("micropython", 0x31230),
} as const;

export const files: Network["files"] = {
  repartitioner: images.repartitioner.bytes,
  micropython: images.micropython.bytes,
};

export interface FlashFixture {
  readonly rows?: readonly RowFixture[];
  readonly md5Row?: "present" | "none";
  readonly apps?: readonly (readonly [offset: number, bytes: Uint8Array])[];
  readonly otadata?: OtaData;
  readonly bootloader?: Uint8Array;
  readonly store?: ContentStore;
}

export function makeFlash({
  rows = OTA_ROWS,
  md5Row,
  apps = [],
  otadata,
  bootloader,
  store,
}: FlashFixture): Flash {
  let flash = blankFlash(0x400000, { store, strict: true });
  const pieces: (readonly [number, Uint8Array])[] = [
    [esp32.bootloaderOffset, bootloader ?? bootloaderImage({ chip: esp32, flashSize: 0x400000 })],
    [0x8000, makeTable(rows, md5Row)],
    ...apps,
    ...(otadata ? [[OTADATA, encodeOtadata(otadata)] as const] : []),
  ];
  for (const [offset, bytes] of pieces) flash = writeFlash(flash, offset, bytes);
  return flash;
}

export const stateOf = (flash: Flash, network: Partial<Network> = {}): DeviceState => ({
  flash,
  network: freshNetwork({ files, ...network }),
  step: undefined,
});

/** The toy says that it is there, and has nothing to do. */
function* toy(): ReturnType<Programs["repartitioner"]> {
  yield { kind: "log", line: "crossflash: step=check-device result=ok" };
}

export const makeSetup = (
  programs: Partial<Programs> = {},
  bootloader: BootloaderModel = { kind: "plain", idfVersion: "v3.3.5" },
): DeviceSetup => ({
  chip: esp32,
  tableOffset: 0x8000,
  bootloader,
  images: Object.values(images),
  programs: { firmware: firmware(), micropython: micropython(), repartitioner: toy, ...programs },
});
