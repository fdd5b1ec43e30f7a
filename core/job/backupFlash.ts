import { type Result, success } from "../result";
import type { Backup } from "./backup";
import type { JobFault } from "./job";
import { type BackupFiles, restoreBackup } from "./restoreBackup";

/**
 * The flash of the board from its beginning, blank where the backup holds nothing. Refused unless every file is what the
 * manifest says.
 */
export function backupFlash(backup: Backup, files: BackupFiles): Result<Uint8Array, JobFault> {
  const checked = restoreBackup(backup, files);
  if (!checked.ok) return checked;
  const flash = new Uint8Array(backup.flashSize).fill(0xff);
  for (const { address, file } of backup.regions) flash.set(files.get(file) ?? [], address);
  return success(flash);
}
