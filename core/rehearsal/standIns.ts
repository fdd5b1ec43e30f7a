import type { ChipTarget } from "../chip/targets";
import { hasFeature } from "../compat/features";
import { parseIdfVersion } from "../compat/idfVersion";
import { placeOf } from "../delivery/address";
import type { ServedImage } from "../delivery/readDelivery";
import type { NamedFile } from "../job/files";
import type { ReadMigration } from "../migrate/read/readMigration";
import { startableApps } from "../migrate/roles";
import type { BootloaderModel } from "../sim/boot/model";
import { appImage, bootloaderImage } from "../sim/images";

/** What a virtual board gets where a file is missing: images with everything right, and no code that anybody could run. */

/** Large enough that downloads and copies are seen, small enough that nobody waits for them. */
const SIZE = 0x20000;

export function standInRepartitioner(migration: ReadMigration): ServedImage {
  const { chip, flashSize } = ground(migration);
  const idfVersion = migration.question.bootloader.idf?.text;
  const { bytes, sha256 } = appImage({
    kind: "repartitioner",
    size: smallest(migration),
    chip,
    flashSize,
    ...(idfVersion === undefined ? {} : { idfVersion }),
  });
  const place = placeOf("repartitioner", migration.manifest.delivery?.repartitioner);
  return { image: "repartitioner", name: "stand-in of the repartitioner", bytes, sha256, chip, ...place };
}

export function standInFirmware(migration: ReadMigration): NamedFile {
  const { chip, flashSize } = ground(migration);
  const { bytes } = appImage({ kind: "firmware", size: smallest(migration), chip, flashSize });
  return { name: "a stand-in of the devices' app", bytes };
}

export function standInBootloader(migration: ReadMigration, { idfVersion }: BootloaderModel): NamedFile {
  const { chip, flashSize } = ground(migration);
  const version = parseIdfVersion(idfVersion);
  const isTold = version && hasFeature("bootloader-descriptor", version) === true;
  const bytes = bootloaderImage({ chip, flashSize, ...(isTold ? { idfVersion } : {}) });
  return { name: "a stand-in of the devices' bootloader", bytes };
}

/** A plan without errors knows both. */
function ground({ facts: { chip, flashSize } }: ReadMigration): {
  readonly chip: ChipTarget;
  readonly flashSize: number;
} {
  if (!chip || flashSize === undefined) throw new TypeError("a plan without chip or flash size has errors");
  return { chip, flashSize };
}

const smallest = ({ source }: ReadMigration): number =>
  Math.min(SIZE, ...startableApps(source.entries).map(({ size }) => size));
