import type { Backup } from "../../core/job/backup";
import type { FlashRange } from "../../core/job/range";
import type { BackupFiles } from "../../core/job/restoreBackup";
import type { Board, Task } from "../flasher/board";

export interface BackUpOptions extends Task {
  /** What to read, with names; the whole flash where nothing is given. */
  readonly regions?: readonly (FlashRange & { readonly name: string })[] | undefined;
}

/**
 * Reads flash into files of a folder with a manifest, `backup.json`, beside them. The manifest is written first and a
 * region gets its SHA-256 there when it is complete, so a backup that was stopped is known as such. In the folder of an
 * unfinished backup of the same board it goes on where it stopped, after asking the board whether what is there is
 * still right. A finished backup is never overwritten: that is a `BoardFault` of kind `refused`.
 */
export async function backUp(_board: Board, _folder: string, _options: BackUpOptions = {}): Promise<Backup> {
  throw new Error("under construction");
}

/** The manifest of a folder (or the path of one) with the bytes of its files; a message where that is no backup. */
export async function readBackup(
  _path: string,
): Promise<{ readonly backup: Backup; readonly files: BackupFiles }> {
  throw new Error("under construction");
}
