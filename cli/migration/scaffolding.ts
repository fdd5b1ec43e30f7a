import type { ReadMigration } from "../../core/migrate/read/readMigration";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { dirname, isInside, join, relativeTo } from "../../core/project/paths";
import { RECORD } from "../../core/scaffold/record";
import { HEADER, type Scaffold } from "../../core/scaffold/scaffold";
import { manifestWithHeader, scaffoldFolder } from "../../core/scaffold/target";
import {
  type FoundFiles,
  filesToWrite,
  pathsToRead,
  type ScaffoldUpdate,
  updateOf,
} from "../../core/scaffold/update";
import { Stop } from "../board/stop";
import { sameFileFault } from "../fault";
import type { Io, NewFile } from "../io";
import { LARGEST_TEXT } from "../readText";
import { relativePath } from "../surroundings";

/** A project as it is, and as it would be made now. */
export interface Scaffolding {
  /** Absolute. */
  readonly folder: string;
  readonly update: ScaffoldUpdate;
  readonly found: FoundFiles;
}

/** Where the project goes: the folder that is told is seen from where the command was started. */
export const folderOf = (
  told: string | undefined,
  manifestPath: string,
  { manifest }: Pick<ReadMigration, "manifest">,
  io: Io,
): string => (told === undefined ? join(dirname(manifestPath), scaffoldFolder(manifest)) : io.absolute(told));

/** The files from which a project is made, and which must not be written over; its own header and app are none. */
export const inputsOf = (
  { inputs }: Pick<ReadMigration, "inputs">,
  manifestPath: string,
): readonly string[] =>
  inputs
    .filter(({ role }) => role !== "header" && role !== "repartitioner")
    .map(({ name }) => join(dirname(manifestPath), name));

/** Compares a project with what is there. Nothing that it is made from lies where one of its files would. */
export async function scaffolding(
  scaffold: Scaffold,
  folder: string,
  inputs: readonly string[],
  io: Io,
): Promise<Scaffolding> {
  const [record] = await textAt(folder, RECORD, io);
  const read = await Promise.all(pathsToRead(scaffold, record?.[1]).map((path) => textAt(folder, path, io)));
  const found = new Map(read.flat());
  for (const { path } of scaffold.files) {
    const input = inputs.find((one) => io.isSameFile(one, join(folder, path)));
    if (input !== undefined)
      throw new Stop(
        2,
        `${sameFileFault(relativePath(input, io)).message} A project has a folder of its own: choose one with -o.`,
      );
    if (!io.landsInside(folder, join(folder, path)))
      throw new Stop(2, `'${path}' is a symbolic link that leads out of '${folder}'. Nothing was written.`);
  }
  return { folder, found, update: updateOf(scaffold, found) };
}

async function textAt(folder: string, path: string, io: Io): Promise<readonly (readonly [string, string])[]> {
  const file = join(folder, path);
  if (!io.exists(file)) return [];
  const bytes = await io.read(file, LARGEST_TEXT);
  if (!bytes.ok) throw new Stop(2, bytes.message);
  return [[path, new TextDecoder().decode(bytes.value)]];
}

/** The files of a project that are to be written, and the manifest where it does not name the header yet. */
export function newFiles(
  { folder, update, found }: Scaffolding,
  manifestText: string,
  { manifest }: Pick<ReadMigration, "manifest">,
  {
    manifestPath,
    root,
    force,
  }: { readonly manifestPath: string; readonly root: string; readonly force: boolean },
  io: Io,
): readonly NewFile[] {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const files = filesToWrite(update, found, { force }).map(({ path, text }) => ({
    path: relativePath(join(folder, path), io),
    bytes: bytesOf(text),
  }));
  const header = isInside(root, folder) ? relativeTo(dirname(manifestPath), join(folder, HEADER)) : undefined;
  const named = header === undefined ? undefined : manifestWithHeader(manifestText, manifest, header);
  return named === undefined
    ? files
    : [...files, { path: relativePath(manifestPath, io), bytes: bytesOf(named) }];
}

/** What is to be said of a header that the manifest names elsewhere: that one is checked while the table is edited. */
export function otherHeader(
  folder: string,
  manifestPath: string,
  { manifest }: Pick<ReadMigration, "manifest">,
): readonly string[] {
  const named = manifest.target?.header;
  const header = relativeTo(dirname(manifestPath), join(folder, HEADER));
  return named === undefined || named === header
    ? []
    : [
        `${MANIFEST_NAME} names '${named}' as the header, not the one of this project: change "header" of "target" to "${header}".`,
      ];
}
