import { type FileHandle, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { MAX_TEXT } from "../../core/analyse";
import { type Backup, parseBackup, printBackup } from "../../core/job/backup";
import { codeOf } from "../../core/text/reason";
import { BoardFault } from "../flasher/fault";
import { onDisk } from "./diskFault";

export const MANIFEST_FILE = "backup.json";

/** The manifest of a folder; undefined where the folder or the manifest is not there. */
export async function readManifest(folder: string): Promise<Backup | undefined> {
  const path = join(folder, MANIFEST_FILE);
  const size = await sizeOf(path);
  if (size === undefined) return undefined;
  const text = size > MAX_TEXT ? "" : await onDisk("read", path, () => readFile(path, "utf8"));
  const backup = parseBackup(text);
  if (!backup.ok) throw new BoardFault("refused", `'${path}' cannot be used. ${backup.message}`);
  return backup.value;
}

/** Makes the manifest of a folder that has none; false where another backup has begun in the same moment. */
export const claimFolder = (folder: string, backup: Backup): Promise<boolean> => {
  const path = join(folder, MANIFEST_FILE);
  return onDisk("write", path, async () => {
    try {
      await writeThrough(path, printBackup(backup), "wx");
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      await rm(path, { force: true });
      throw error;
    }
  });
};

/** Replaces the manifest as a whole: a cut leaves the old one. */
export function writeManifest(folder: string, backup: Backup): Promise<void> {
  const path = join(folder, MANIFEST_FILE);
  const beside = `${path}.tmp`;
  return onDisk("write", path, async () => {
    try {
      await writeThrough(beside, printBackup(backup), "w");
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  });
}

async function writeThrough(path: string, text: string, flags: "w" | "wx"): Promise<void> {
  const file: FileHandle = await open(path, flags);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Bytes of a file; undefined where there is none. Devices and pipes have no end, so they are no part of a backup. */
export const sizeOf = (path: string): Promise<number | undefined> =>
  onDisk("read", path, async () => {
    try {
      const stats = await stat(path);
      if (!stats.isFile() && !stats.isDirectory()) throw new Error("it is no ordinary file");
      return stats.size;
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
  });
