import { type Backup, parseBackup } from "../../core/job/backup";
import { backupFlash as wholeFlash } from "../../core/job/backupFlash";
import { basename, dirname, join } from "../../core/project/paths";
import { readFile } from "../board/project";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { readText } from "../readText";

/** The flash of a device, from a backup of it. */
export interface BackupFlash {
  readonly backup: Backup;
  /** As long as the flash; blank where the backup holds nothing. */
  readonly bytes: Uint8Array;
  /** The file that holds the flash from its beginning, where there is one. */
  readonly file: string | undefined;
}

/** As `crossflash backup` names it. */
const MANIFEST = "backup.json";

/** Undefined where the path is neither the folder of a backup nor its manifest. What is not whole is refused. */
export async function backupFlash(path: string, io: Io): Promise<BackupFlash | undefined> {
  const absolute = io.absolute(path);
  const folder = basename(absolute) === MANIFEST ? dirname(absolute) : absolute;
  const manifest = join(folder, MANIFEST);
  if (!io.exists(manifest)) return undefined;
  const text = await readText(manifest, io);
  if (!text.ok) throw new Stop(2, text.message);
  const parsed = parseBackup(text.value);
  if (!parsed.ok) throw new Stop(1, `'${path}' cannot be used. ${parsed.message}`);
  const backup = parsed.value;
  const files = new Map<string, Uint8Array>();
  for (const { file } of backup.regions)
    if (io.exists(join(folder, file))) files.set(file, (await readFile(join(folder, file), io)).bytes);
  const flash = wholeFlash(backup, files);
  if (!flash.ok) throw new Stop(1, `'${path}' cannot be used. ${flash.message}`);
  const first = backup.regions.find(({ address }) => address === 0);
  return { backup, bytes: flash.value, file: first && join(folder, first.file) };
}
