import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Backup, type BackupRegion, parseBackup, printBackup } from "../../core/job/backup";
import { boardName } from "../../core/job/board";
import { type FlashRange, SECTOR, totalSize } from "../../core/job/range";
import { hex, sizeText } from "../../core/text/units";
import type { Board, Task } from "../flasher/board";
import { BoardFault } from "../flasher/fault";
import { onDisk } from "./diskFault";
import { claimFolder, readManifest, sizeOf, writeManifest } from "./manifestFile";
import { readRegion } from "./readRegion";
import { type NamedRange, regionsWithFiles } from "./regionFiles";

export interface BackUpOptions extends Task {
  /** What to read, with names; the whole flash where nothing is given. */
  readonly regions?: readonly NamedRange[] | undefined;
  /** Bytes, as the user states them; counts only where the chip does not tell. */
  readonly flashSize?: number | undefined;
}

/**
 * Reads flash into files of a folder with a manifest, `backup.json`, beside them. The manifest is written first and a
 * region gets its SHA-256 there when it is complete, so a backup that was stopped is known as such. In the folder of an
 * unfinished backup of the same board it goes on where it stopped, after asking the board whether what is there is
 * still right. A finished backup is never overwritten: that is a `BoardFault` of kind `refused`.
 */
export async function backUp(board: Board, folder: string, options: BackUpOptions = {}): Promise<Backup> {
  const wanted = wantedBackup(board, options);
  await onDisk("write", folder, () => mkdir(folder, { recursive: true }));
  await takeFolder(folder, wanted);
  let backup = wanted;
  const progress = meter(backup, options);
  try {
    for (const region of wanted.regions) {
      const sha256 = await readRegion(board, region, join(folder, region.file), options, progress.of(region));
      backup = withHash(backup, region, sha256);
      await writeManifest(folder, backup);
    }
    return backup;
  } catch (error) {
    throw error instanceof BoardFault ? unfinished(error, folder, progress.text()) : error;
  }
}

/** The manifest before anything is read. */
function wantedBackup({ identity }: Board, { regions, flashSize: stated }: BackUpOptions): Backup {
  const flashSize = identity.flashSize ?? stated;
  if (flashSize === undefined)
    throw refused("The size of the board's flash could not be read. State the flash size.");
  const all: readonly NamedRange[] = regions ?? [{ name: "flash", address: 0, size: flashSize }];
  const { chip, mac } = identity;
  const backup = { chip, mac, flashSize, regions: regionsWithFiles(all) };
  // What no restore would take is not made.
  const checked = parseBackup(printBackup(backup));
  if (!checked.ok) throw refused(checked.message);
  const cut = all.find(({ address, size }) => address % SECTOR !== 0 || size % SECTOR !== 0);
  if (cut)
    throw refused(
      `'${cut.name}' is no whole number of flash sectors of ${hex(SECTOR)} bytes, so restoring it would erase its neighbours. Choose multiples of ${hex(SECTOR)}.`,
    );
  return checked.value;
}

/** An unfinished backup of the same is gone on with; everything else in the folder is somebody's and stays. */
async function takeFolder(folder: string, wanted: Backup): Promise<void> {
  const found = await readManifest(folder);
  if (!found) {
    await checkFree(folder, wanted.regions);
    if (await claimFolder(folder, wanted)) return;
    throw refused(`Another backup has just begun in '${folder}'. Choose another folder.`);
  }
  if (isFinished(found))
    throw refused(
      `'${folder}' holds a finished backup of ${boardName(found)} already. Choose another folder.`,
    );
  if (boardName(found) !== boardName(wanted))
    throw refused(
      `'${folder}' holds an unfinished backup of ${boardName(found)}, but this is ${boardName(wanted)}. Choose another folder.`,
    );
  if (sameText({ ...found, regions: found.regions.map(unread) }) !== sameText(wanted))
    throw refused(
      `'${folder}' holds an unfinished backup of other parts of this flash. Choose another folder, or ask for the same parts to go on.`,
    );
  await writeManifest(folder, wanted);
}

const sameText = printBackup;
const unread = (region: BackupRegion): BackupRegion => ({ ...region, sha256: undefined });

async function checkFree(folder: string, regions: readonly BackupRegion[]): Promise<void> {
  for (const { file } of regions)
    if ((await sizeOf(join(folder, file))) !== undefined)
      throw refused(
        `'${join(folder, file)}' is there already and belongs to no backup. Choose another folder.`,
      );
}

/** Whether all of it was read. */
export const isFinished = ({ regions }: Backup): boolean =>
  regions.every(({ sha256 }) => sha256 !== undefined);

const withHash = (backup: Backup, region: FlashRange, sha256: string): Backup => ({
  ...backup,
  regions: backup.regions.map((one) => (one.address === region.address ? { ...one, sha256 } : one)),
});

/** Adds up what is done of all regions, which are read one after the other; each of them tells its own. */
function meter({ regions }: Backup, { onProgress }: Task) {
  const totalBytes = totalSize(regions);
  let start = 0;
  let doneBytes = 0;
  return {
    of({ name, size }: BackupRegion) {
      const before = start;
      start += size;
      return (bytes: number): void => {
        doneBytes = before + bytes;
        onProgress?.({ phase: "read", region: name, doneBytes, totalBytes });
      };
    },
    text: () => `${sizeText(doneBytes)} of ${sizeText(totalBytes)}`,
  };
}

const unfinished = ({ kind, message }: BoardFault, folder: string, done: string): BoardFault =>
  new BoardFault(
    kind,
    `${message} The backup in '${folder}' is not finished: ${done} are there. Back up into the same folder again to go on.`,
  );

const refused = (message: string): BoardFault => new BoardFault("refused", message);
