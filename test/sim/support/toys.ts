import { blankEntry, otaEntry } from "../../../core/ota/otadata";
import type { DeviceSetup, Programs } from "../../../core/sim/device";
import { erase, log, restart, write } from "../../../core/sim/effect";
import { type FlashFixture, images, makeSetup, SLOT_0, VFS } from "./deviceFixture";

/** Programs that stand where the repartitioner goes. */
export type Toy = Programs["repartitioner"];

export const inSlot0: FlashFixture = {
  apps: [[SLOT_0, images.repartitioner.bytes]],
  otadata: [otaEntry(1), blankEntry],
};

export const withToy = (repartitioner: Toy, rest: Partial<DeviceSetup> = {}): DeviceSetup => ({
  ...makeSetup({ repartitioner }),
  ...rest,
});

/** Finds a blank sector, fills it, and restarts until four of them are full. */
export const filler: Toy = function* () {
  for (let index = 0; index < 4; index++) {
    const place = VFS + index * 0x1000;
    if ((yield { kind: "is-blank", offset: place, size: 0x1000 }) !== true) continue;
    yield* log(`crossflash: step=copy-to-runner result=started sector=${index}`);
    yield* erase(place, 0x1000);
    yield* write(place, new Uint8Array(0x1000).fill(index));
    yield* restart();
  }
};
