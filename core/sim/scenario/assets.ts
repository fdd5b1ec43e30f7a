import type { ChipTarget } from "../../chip/targets";
import { toHex } from "../../image/bytes";
import type { PlanInput } from "../../migrate/plan/plan";
import { startableApps } from "../../migrate/roles";
import { type ContentStore, contentStore, type KnownFile } from "../flash/contents";
import { appImage, bootloaderImage, type SimulatedImage } from "../images";

/**
 * What all scenarios of a migration share: images of the sizes that the plan speaks of, with contents of their own, and
 * one memory of everything that was found out about them.
 */
export interface Assets {
  readonly firmware: SimulatedImage;
  readonly repartitioner: SimulatedImage;
  readonly micropython: SimulatedImage;
  readonly bootloader: Uint8Array;
  readonly store: ContentStore;
}

/** Not larger: nothing of it is written, and a simulation reads it often. */
const FIRMWARE_SIZE = 0x80000;

/** Of ESP-IDF. What runs on the devices today, and the repartitioner, were built with that of the bootloader. */
export interface Versions {
  readonly bootloader: string;
  /** That of the bootloader unless it is known. */
  readonly micropython: string | undefined;
}

/** Where the chip or the flash size is not known the plan has refused before. */
export function assetsOf(
  { source, images }: PlanInput,
  chip: ChipTarget,
  flashSize: number,
  versions: Versions,
): Assets {
  const smallest = Math.min(FIRMWARE_SIZE, ...startableApps(source.entries).map(({ size }) => size));
  const image = (kind: SimulatedImage["kind"], size: number, idfVersion = versions.bootloader) =>
    appImage({ kind, size, chip, flashSize, idfVersion });
  const store = contentStore();
  const assets = {
    firmware: image("firmware", smallest),
    repartitioner: image("repartitioner", images.repartitioner.size),
    micropython: image("micropython", images.micropython.size, versions.micropython),
    bootloader: bootloaderImage({ chip, flashSize, idfVersion: versions.bootloader }),
    store,
  };
  const apps = [assets.firmware.bytes, assets.repartitioner.bytes, assets.micropython.bytes];
  store.files.push(assets.firmware, assets.repartitioner, assets.micropython);
  store.files.push(...[assets.bootloader, ...apps].map(body));
  for (const bytes of apps) store.trust(bytes);
  return assets;
}

const SHA256_SIZE = 32;

/** An image ends with the SHA-256 of all that stands before it. */
const body = (image: Uint8Array): KnownFile => ({
  bytes: image.subarray(0, image.length - SHA256_SIZE),
  sha256: toHex(image.subarray(image.length - SHA256_SIZE)),
});
