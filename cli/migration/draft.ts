import { MANIFEST_NAME } from "../../core/project/fileNames";
import { manifestFields } from "../../core/project/manifestFields";
import { isInside, join, relativeTo } from "../../core/project/paths";
import { Stop } from "../board/stop";
import { sameFileFault } from "../fault";
import type { Io, NewFile } from "../io";
import { relativePath, rootOf } from "../surroundings";

/** Where a new migration is written, and what may be written there. */
export interface Place {
  /** As an absolute path. */
  readonly folder: string;
  /** The folder that no path of the manifest may leave. */
  readonly root: string;
  /** What is read for it, and must never be written over. */
  readonly inputs: readonly string[];
  /** Whether files that are there may be replaced. */
  readonly force: boolean;
}

export const placeOf = (folder: string, inputs: readonly string[], force: boolean, io: Io): Place => {
  const absolute = io.absolute(folder);
  return { folder: absolute, root: rootOf(join(absolute, MANIFEST_NAME), io), inputs, force };
};

/** A file as the manifest names it; undefined where it lies outside of the project. */
export function nameFrom({ folder, root }: Place, path: string, io: Io): string | undefined {
  const absolute = io.absolute(path);
  const name = isInside(root, absolute) ? relativeTo(folder, absolute) : undefined;
  return name !== undefined && manifestFields.target.fields.table.kind.isValid(name) ? name : undefined;
}

/** Refuses to write over anything that nobody said may be replaced. */
export function checkFree(files: readonly NewFile[], { folder, inputs, force }: Place, io: Io): void {
  for (const { path } of files) {
    const shown = relativePath(path, io);
    const input = inputs.find((read) => io.isSameFile(read, path));
    if (input !== undefined) throw new Stop(2, sameFileFault(input).message);
    if (io.exists(path) && !force)
      throw new Stop(
        2,
        `'${shown}' is there already. Nothing was written. Choose another folder with -o, or replace it with --force.`,
      );
    if (!io.landsInside(folder, path))
      throw new Stop(2, `'${shown}' is a symbolic link that leads elsewhere. Nothing was written.`);
  }
}
