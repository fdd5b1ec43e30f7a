import { comparePositions, type IdfVersion, parseIdfVersion } from "../../compat/idfVersion";
import type { BootloaderKind } from "../../ota/bootChoice";

/** The bootloader that a device has: no update changes it. */
export interface BootloaderModel {
  readonly kind: BootloaderKind;
  /** Such as "v3.3.5"; what names no release counts as the newest. */
  readonly idfVersion: string;
}

/** What the bootloaders of different releases do differently with tables and images. */
export interface BootloaderTraits {
  /** v3.1: before, a table with an MD5 row is refused. */
  readonly knowsMd5Row: boolean;
  /** v3.3.1: before, images did not name their chip. */
  readonly checksChip: boolean;
  /** v5.5: before, an erased sector is a table without rows. */
  readonly wantsRows: boolean;
  /** v6.1: before, the end of a partition is computed with 32 bits. */
  readonly wrapsEnds: boolean;
}

/** Source: flash_partitions.c and esp_image_format.c of ESP-IDF at its tags. */
export function bootloaderTraits({ idfVersion }: BootloaderModel): BootloaderTraits {
  const version = parseIdfVersion(idfVersion);
  return {
    knowsMd5Row: isFrom(version, "v3.1"),
    checksChip: isFrom(version, "v3.3.1"),
    wantsRows: isFrom(version, "v5.5"),
    wrapsEnds: !isFrom(version, "v6.1-beta1"),
  };
}

function isFrom(version: IdfVersion | undefined, first: string): boolean {
  const since = parseIdfVersion(first);
  return !version || !since || comparePositions(version.low, since.low) >= 0;
}
