import type { NamedFile } from "../../core/job/files";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { type MigrationManifest, parseManifest } from "../../core/project/manifest";
import { dirname, resolveInside } from "../../core/project/paths";
import { surroundingsOf } from "../../core/project/surroundings";
import type { Io } from "../io";
import { readText } from "../readText";
import { filesOf, relativePath, rootOf } from "../surroundings";
import { LARGEST_FLASH } from "../tableOptions";
import { Stop } from "./stop";

/** A manifest, and where its paths lead. */
export interface Project {
  readonly manifest: MigrationManifest;
  /** A path of the manifest as the user would write it; undefined where it is none, or leads out of the project. */
  resolve(path: string | undefined): string | undefined;
}

/** The project that a table belongs to, or that the command was started in. */
export async function projectOf(table: string | undefined, io: Io): Promise<Project | undefined> {
  const start = io.absolute(table ?? MANIFEST_NAME);
  const root = rootOf(start, io);
  const path = table === undefined ? start : (await surroundingsOf(start, root, filesOf(io))).manifestPath;
  if (path === undefined || !io.exists(path)) return undefined;
  const text = await readText(path, io);
  if (!text.ok) throw new Stop(2, text.message);
  return {
    manifest: parseManifest(text.value).manifest,
    resolve(relative) {
      const found = relative === undefined ? undefined : resolveInside(root, dirname(path), relative);
      return found && relativePath(found, io);
    },
  };
}

/** A file that goes onto a board, or the message why it cannot be read. */
export async function readFile(path: string, io: Io): Promise<NamedFile> {
  const bytes = await io.read(path, LARGEST_FLASH);
  if (!bytes.ok) throw new Stop(2, bytes.message);
  return { name: path, bytes: bytes.value };
}

export const readOptional = async (path: string | undefined, io: Io): Promise<NamedFile | undefined> =>
  path === undefined ? undefined : readFile(path, io);
