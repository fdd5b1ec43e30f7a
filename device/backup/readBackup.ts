import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FLASH_SIZES } from "../../core/chip/flashSize";
import type { Backup } from "../../core/job/backup";
import type { BackupFiles } from "../../core/job/restoreBackup";
import { sizeText } from "../../core/text/units";
import { BoardFault } from "../flasher/fault";
import { onDisk } from "./diskFault";
import { MANIFEST_FILE, readManifest, sizeOf } from "./manifestFile";

export interface StoredBackup {
  readonly backup: Backup;
  /** The bytes of the files that are there; nothing is said yet about whether they are right: `restoreBackup` checks. */
  readonly files: BackupFiles;
}

/**
 * The manifest of a folder (or the path of one) with the bytes of its files. What is no backup, or cannot be read, is a
 * `BoardFault` of kind `refused`.
 */
export async function readBackup(path: string): Promise<StoredBackup> {
  const folder = basename(path) === MANIFEST_FILE ? dirname(path) : path;
  const backup = await readManifest(folder);
  if (!backup)
    throw new BoardFault(
      "refused",
      `There is no backup in '${folder}': it has no ${MANIFEST_FILE}. Choose the folder of a backup.`,
    );
  const files = new Map<string, Uint8Array>();
  for (const { file } of backup.regions) {
    const bytes = await readRegionFile(join(folder, file));
    if (bytes) files.set(file, bytes);
  }
  return { backup, files };
}

const LARGEST = Math.max(...FLASH_SIZES);

async function readRegionFile(path: string): Promise<Uint8Array | undefined> {
  const size = await sizeOf(path);
  if (size === undefined) return undefined;
  if (size > LARGEST)
    throw new BoardFault(
      "refused",
      `'${path}' is larger than ${sizeText(LARGEST)}, so it is no part of a backup.`,
    );
  return onDisk("read", path, () => readFile(path));
}
