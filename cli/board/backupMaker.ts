import { restoreBackup } from "../../core/job/restoreBackup";
import type { Io } from "../io";
import type { Maker } from "./runJob";
import { Stop } from "./stop";

/** The job that writes a backup back. What is wrong with its files is said before a board is asked. */
export async function backupMaker(folder: string, io: Io): Promise<Maker> {
  const { readBackup } = await io.boards();
  const { backup, files } = await readBackup(folder);
  const checked = restoreBackup(backup, files);
  if (!checked.ok) throw new Stop(1, `'${folder}' cannot be used. ${checked.message}`);
  return (found) => restoreBackup(backup, files, found?.present.table);
}
