import { bootOnce } from "../../../core/sim/boot/bootOnce";
import type { BootloaderModel } from "../../../core/sim/boot/model";
import { powerOn } from "../../../core/sim/boot/rom";
import { esp32, type FlashFixture, images, makeFlash, SLOT_0, SLOT_1 } from "./deviceFixture";

/** The firmware in the first slot, the repartitioner in the second. */
export const both: NonNullable<FlashFixture["apps"]> = [
  [SLOT_0, images.firmware.bytes],
  [SLOT_1, images.repartitioner.bytes],
];

export const plain: BootloaderModel = { kind: "plain", idfVersion: "v3.3.5" };

/** A start from the reset to the app. */
export const start = (fixture: FlashFixture, model: BootloaderModel = plain) => {
  const before = makeFlash(fixture);
  return { before, ...bootOnce(before, powerOn({ chip: esp32, tableOffset: 0x8000, model })) };
};
