import type { Analysis } from "../../analyse";
import { parseFlashSize } from "../../chip/flashSize";
import { type ChipTarget, chipById } from "../../chip/targets";
import { type BootloaderClaims, bootloaderVersion, deviceBootloader } from "../../compat/bootloaderVersion";
import type { CompatApp } from "../../compat/builds";
import type { VersionRule } from "../../compat/pair";
import type { CompatQuestion } from "../../compat/verdict";
import type { BootloaderImage } from "../../image/bootloader";
import type { Protection } from "../../job/board";
import type { MigrationManifest } from "../../project/manifest";
import type { Files } from "../../project/surroundings";
import { endOf } from "../../table/entry";
import { wholeEntries } from "../../table/whole";

/** What somebody says of the devices, over which no file counts. */
export interface StatedDevices {
  /** Takes the place of all that the manifest says of the bootloader. */
  readonly bootloader?: BootloaderClaims | undefined;
  readonly rule?: VersionRule | undefined;
  readonly chip?: ChipTarget | undefined;
  /** major * 100 + minor */
  readonly chipRevision?: number | undefined;
  /** Bytes: in the header of the bootloader. */
  readonly flashSize?: number | undefined;
  readonly rollback?: Protection | undefined;
  readonly secureBoot?: Protection | undefined;
  readonly flashEncryption?: Protection | undefined;
}

/** What is known of a migration where its devices are asked about. */
export interface KnownMigration {
  readonly manifest: MigrationManifest;
  /** The bootloader that the files of the manifest hold: see `manifestBootloader`. */
  readonly bootloader: BootloaderImage | undefined;
  readonly app: CompatApp;
  readonly target: Analysis | undefined;
}

/**
 * What decides whether the devices start the app: what is stated, else what the manifest says, else what the bootloader
 * shows. What nobody said stays unknown; above all, the chip of the app is not that of the devices.
 */
export function compatQuestion(
  { manifest, bootloader, app, target }: KnownMigration,
  { bootloader: claims, rule = "strict", chip, flashSize, ...stated }: StatedDevices,
): CompatQuestion {
  const [told, read] = [claims?.image?.image, claims ? undefined : bootloader?.image];
  return {
    chipRevision: stated.chipRevision,
    rollback: stated.rollback,
    secureBoot: stated.secureBoot,
    flashEncryption: stated.flashEncryption,
    bootloader: bootloaderVersion(claims ?? { ...manifest.bootloader, image: bootloader }),
    app,
    rule,
    chip: chip ?? told?.chip ?? chipById(manifest.chip ?? "") ?? read?.chip,
    flashSizeInHeader:
      flashSize ?? told?.flashSize ?? parseFlashSize(manifest.flashSize ?? "") ?? read?.flashSize,
    flashSizeNeeded: target && tableEnd(target),
    tableMd5: target?.facts.md5Row,
  };
}

/** The bootloader of the devices: in its own image, or where none is named in the dump that the app was named by. */
export async function manifestBootloader(
  { bootloader, source }: MigrationManifest,
  resolve: (path: string) => string | undefined,
  inspect: Files["inspect"],
): Promise<BootloaderImage | undefined> {
  const name = bootloader?.image ?? source?.app;
  const path = name === undefined ? undefined : resolve(name);
  const report = path === undefined ? undefined : await inspect(path);
  return report && deviceBootloader(report);
}

/** Where the last partition ends, in bytes; undefined where a row cannot be read, for it may be the last one. */
function tableEnd(analysis: Analysis): number | undefined {
  const entries = wholeEntries(analysis);
  return entries && Math.max(...entries.map(endOf));
}
