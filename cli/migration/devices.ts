import type { ChipTarget } from "../../core/chip/targets";
import { type BootloaderClaims, deviceBootloader } from "../../core/compat/bootloaderVersion";
import type { VersionRule } from "../../core/compat/pair";
import type { BootloaderImage } from "../../core/image/bootloader";
import type { ImageReport } from "../../core/image/inspect";
import type { StatedDevices } from "../../core/migrate/read/compatQuestion";
import { readFile } from "../board/project";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { inspectBytes } from "../surroundings";

/** What the command line says of the bootloader. */
export interface BootloaderOptions {
  readonly bootloader?: string | undefined;
  readonly arduino?: string | undefined;
}

export const namesBootloader = (
  image: string | undefined,
  { bootloader, arduino }: BootloaderOptions,
): boolean => (image ?? bootloader ?? arduino) !== undefined;

/** What the command line says of the bootloader, which may be in `image`; undefined where it says nothing. */
export async function claimsOf(
  image: string | undefined,
  options: BootloaderOptions,
  io: Io,
): Promise<BootloaderClaims | undefined> {
  if (!namesBootloader(image, options)) return undefined;
  const { bootloader: idf, arduino } = options;
  return { image: image === undefined ? undefined : await bootloaderIn(image, io), idf, arduino };
}

/** What the command line says of everything else. */
export interface StatedOptions {
  readonly rule?: VersionRule | undefined;
  readonly chip?: ChipTarget | undefined;
  readonly "chip-revision"?: number | undefined;
  readonly "flash-size"?: number | undefined;
  readonly rollback?: "on" | "off" | undefined;
  readonly "secure-boot"?: "on" | "off" | undefined;
  readonly "flash-encryption"?: "on" | "off" | undefined;
}

export const statedBy = ({ rule, chip, rollback, ...options }: StatedOptions): StatedDevices => ({
  rule,
  chip,
  chipRevision: options["chip-revision"],
  flashSize: options["flash-size"],
  rollback,
  secureBoot: options["secure-boot"],
  flashEncryption: options["flash-encryption"],
});

async function bootloaderIn(path: string, io: Io): Promise<BootloaderImage> {
  const { bytes } = await readFile(path, io);
  const report = await inspectBytes(bytes);
  const found = deviceBootloader(report);
  if (!found) throw new Stop(1, `'${path}' ${whatItIs(report)}`);
  return found;
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
