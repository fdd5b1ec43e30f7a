import { parseFlashSize } from "../../core/chip/flashSize";
import type { ChipTarget } from "../../core/chip/targets";
import { chipById } from "../../core/chip/targets";
import { type BootloaderClaims, deviceBootloader } from "../../core/compat/bootloaderVersion";
import type { BootloaderImage } from "../../core/image/bootloader";
import type { ImageReport } from "../../core/image/inspect";
import type { Files } from "../../core/project/surroundings";
import { readFile } from "../board/project";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { inspectBytes } from "../surroundings";
import type { Migration } from "./migration";

/** What is known of the devices. */
export interface Devices {
  readonly claims: BootloaderClaims;
  readonly chip: ChipTarget | undefined;
  /** Bytes: in the header of their bootloader. */
  readonly flashSize: number | undefined;
}

export interface DeviceOptions {
  readonly bootloader?: string | undefined;
  readonly arduino?: string | undefined;
  readonly chip?: ChipTarget | undefined;
  readonly "flash-size"?: number | undefined;
}

export const namesBootloader = (image: string | undefined, { bootloader, arduino }: DeviceOptions): boolean =>
  (image ?? bootloader ?? arduino) !== undefined;

/**
 * What the command line says of the devices, with the bootloader in `image`, and of what it says nothing, what the
 * manifest does. A bootloader that is named takes the place of all that the manifest says of its own.
 */
export async function devicesOf(
  image: string | undefined,
  options: DeviceOptions,
  migration: Migration | undefined,
  files: Files,
  io: Io,
): Promise<Devices> {
  const { chip, "flash-size": flashSize, bootloader: idf, arduino } = options;
  const { manifest } = migration ?? {};
  const told = image === undefined ? undefined : await bootloaderIn(image, io);
  const claims = namesBootloader(image, options)
    ? { image: told, idf, arduino }
    : { ...manifest?.bootloader, image: migration && (await bootloaderOf(migration, files, io)) };
  const read = claims.image?.image;
  return {
    claims,
    chip: chip ?? told?.image.chip ?? chipById(manifest?.chip ?? "") ?? read?.chip,
    flashSize:
      flashSize ?? told?.image.flashSize ?? parseFlashSize(manifest?.flashSize ?? "") ?? read?.flashSize,
  };
}

async function bootloaderIn(path: string, io: Io): Promise<BootloaderImage> {
  const { bytes } = await readFile(path, io);
  const report = await inspectBytes(bytes);
  const found = deviceBootloader(report);
  if (!found) throw new Stop(1, `'${path}' ${whatItIs(report)}`);
  return found;
}

/** Of a manifest: the image that it names, or else the dump of a device. */
async function bootloaderOf(
  { manifest, resolve }: Migration,
  files: Files,
  io: Io,
): Promise<BootloaderImage | undefined> {
  const path = resolve(manifest.bootloader?.image ?? manifest.source?.app);
  const report = path === undefined ? undefined : await files.inspect(io.absolute(path));
  return report && deviceBootloader(report);
}

const NEEDED = "The bootloader of a device is needed: by itself, or in a dump of its flash.";

function whatItIs(report: ImageReport): string {
  switch (report.kind) {
    case "combined":
      return `was made for flashing by a cable: whether the devices have the bootloader in it, it does not tell. ${NEEDED}`;
    case "app":
      return `is an app. ${NEEDED}`;
    case "partition-table":
      return `is a partition table. ${NEEDED}`;
    case "damaged":
    case "unknown":
      return `cannot be used. ${report.failure.message}`;
    case "bootloader":
    case "flash-dump":
      return `has no bootloader. ${NEEDED}`;
  }
}
