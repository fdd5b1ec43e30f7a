import { readCombined } from "../image/combined";
import { inspectImage } from "../image/inspect";
import { sha256Hex } from "../image/sha256Hex";
import { type Failure, failure, type Result, success } from "../result";
import { decodeTable } from "../table/decode";
import { alignUp } from "../text/units";
import type { Backup, BackupRegion } from "./backup";
import type { PresentTable } from "./consequences";
import { flashParts } from "./flashParts";
import { type FlashJob, type JobFault, type JobRegion, makeJob, type RegionPurpose } from "./job";
import { type FlashRange, mergedRanges, rangeEnd, SECTOR } from "./range";

/** The bytes of a backup by the names of their files. */
export type BackupFiles = ReadonlyMap<string, Uint8Array>;

/** The job that writes a backup back to where it was read. Refused unless every file is what the manifest says. */
export function restoreBackup(
  backup: Backup,
  files: BackupFiles,
  present?: PresentTable | undefined,
): Result<FlashJob, JobFault> {
  const regions: JobRegion[] = [];
  for (const region of backup.regions) {
    const bytes = checkedBytes(region, files);
    if (!bytes.ok) return bytes;
    regions.push(...regionsOf(backup, region, bytes.value));
  }
  return makeJob({
    title: `Restore the backup of ${backup.chip.name} ${backup.mac}`,
    chip: backup.chip,
    backupOf: backup.mac,
    present,
    after: tableOf(regions),
    regions,
  });
}

/** The flash that the backup does not hold; nothing where it is whole. */
export function backupGaps({ flashSize, regions }: Backup): FlashRange[] {
  const covered = mergedRanges(regions);
  const starts = [0, ...covered.map(rangeEnd)];
  const ends = [...covered.map(({ address }) => address), flashSize];
  return starts.flatMap((address, index) => {
    const size = (ends[index] ?? flashSize) - address;
    return size > 0 ? [{ address, size }] : [];
  });
}

/** The bytes of one region, once size and SHA-256 are right. `at` of a failure is the region's address. */
function checkedBytes(region: BackupRegion, files: BackupFiles): Result<Uint8Array, JobFault> {
  const { file, name, size, sha256: expected } = region;
  const bytes = files.get(file);
  if (!bytes)
    return refused(region, `The file '${file}' of the backup is missing. It belongs beside the manifest.`);
  if (expected === undefined)
    return refused(
      region,
      `The backup is not finished: '${name}' has not been read to its end. Resume the backup first.`,
    );
  if (bytes.length !== size)
    return refused(
      region,
      `'${file}' has ${bytes.length} bytes, but the backup says ${size}. The file was changed or cut off.`,
    );
  const found = sha256Hex(bytes);
  if (found !== expected)
    return refused(
      region,
      `The SHA-256 of '${file}' is ${found}, but the backup says ${expected}. The file was changed or damaged, so it is not written.`,
    );
  return success(bytes);
}

const refused = ({ address }: BackupRegion, message: string): Failure<JobFault> =>
  failure("backup", address, message);

const WHY = "It is what the backup holds.";

/** A dump is told apart into its parts, so that what is in it can be shown and checked. */
function regionsOf({ chip }: Backup, { address, name, size }: BackupRegion, bytes: Uint8Array): JobRegion[] {
  const combined = readCombined(bytes);
  if (combined?.ok && combined.value.flashOffset === address) return flashParts(bytes, combined.value, WHY);
  const place = { address, name, purpose: purposeIn(bytes, address === chip.bootloaderOffset), why: WHY };
  return bytes.every((byte) => byte === 0xff)
    ? [{ ...place, kind: "erase", size: alignUp(size, SECTOR) }]
    : [{ ...place, kind: "write", bytes }];
}

/** By what the bytes are, because names in a backup are only names. */
function purposeIn(bytes: Uint8Array, isBootloaderPlace: boolean): RegionPurpose {
  const { kind } = inspectImage(bytes);
  if (kind === "bootloader") return isBootloaderPlace ? "bootloader" : "other";
  if (kind === "app") return "app";
  return kind === "partition-table" ? "table" : "other";
}

/** The rows that the board has afterwards, where the backup holds a table. */
function tableOf(regions: readonly JobRegion[]) {
  const region = regions.find(({ purpose }) => purpose === "table");
  const table = region?.kind === "write" ? decodeTable(region.bytes) : undefined;
  return table?.ok ? table.value.entries : undefined;
}
