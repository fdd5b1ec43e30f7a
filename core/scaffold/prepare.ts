import type { MigrationPlace, ReadFault } from "../migrate/read/parts";
import { type ReadMigration, readMigration, type StatedMigration } from "../migrate/read/readMigration";
import { MANIFEST_NAME } from "../project/fileNames";
import { dirname, isInside, isSamePath, join, relativeTo } from "../project/paths";
import type { Files } from "../project/surroundings";
import { failure, type Result, success } from "../result";
import { decodeText } from "../text/decode";
import { RECORD, recordedIdf } from "./record";
import { HEADER, type Scaffold, type ScaffoldFault, scaffold } from "./scaffold";
import type { Templates } from "./sources";
import { manifestWithHeader, scaffoldFolder } from "./target";
import { type FoundFiles, pathsToRead, type ScaffoldUpdate, updateOf } from "./update";

/** Which project somebody wants. Paths are those of the host. */
export interface ScaffoldRequest {
  readonly place: MigrationPlace;
  readonly stated: StatedMigration;
  /** Where it goes; the folder that follows from the manifest unless told otherwise. */
  readonly folder?: string | undefined;
  readonly idf?: string | undefined;
  readonly templates: Templates;
  readonly toolVersion: string;
}

/** A project as it is, and as it would be made now; nothing is written yet. */
export interface PreparedScaffold {
  readonly scaffold: Scaffold;
  readonly folder: string;
  readonly update: ScaffoldUpdate;
  readonly found: FoundFiles;
  /** The manifest with the header of the project in it; undefined where it names one already, or cannot. */
  readonly manifest: string | undefined;
  /** Sentences: those of the project, and what is to be said of the place where it goes. */
  readonly notes: readonly string[];
  /** The files from which it is made: none of them may be written over. */
  readonly inputs: readonly string[];
}

/** Reads a migration, makes its project and compares it with what is there. `read` of the files gives whole images. */
export async function prepareScaffold(
  { place, stated, folder: told, ...more }: ScaffoldRequest,
  files: Files,
): Promise<Result<PreparedScaffold, ScaffoldFault | ReadFault | "over-input">> {
  const migration = await readMigration(place, stated, files);
  if (!migration.ok) return migration;
  const base = dirname(place.manifestPath);
  const folder = told ?? join(base, scaffoldFolder(migration.value.manifest));
  const recorded = recordedIdf(await textAt(join(folder, RECORD), files));
  const made = scaffold({ migration: migration.value, ...more, idf: more.idf ?? recorded });
  if (!made.ok) return made;
  const inputs = inputsOf(migration.value, base);
  for (const { path } of made.value.files) {
    const input = inputs.find((one) => isSamePath(one, join(folder, path)));
    if (input !== undefined) return overInput(relativeTo(base, input));
  }
  const found = await findFiles(made.value, folder, files);
  const isNameable = isInside(place.root, folder);
  return success({
    scaffold: made.value,
    folder,
    update: updateOf(made.value, found),
    found,
    manifest: isNameable ? await withHeader(place, migration.value, folder, files) : undefined,
    notes: [...made.value.notes, ...otherHeader(base, migration.value, folder)],
    inputs,
  });
}

/** Its own header and app follow from a project. */
const inputsOf = ({ inputs }: ReadMigration, base: string): readonly string[] =>
  inputs
    .filter(({ role }) => role !== "header" && role !== "repartitioner")
    .map(({ name }) => join(base, name));

const overInput = (name: string) =>
  failure(
    "over-input",
    0,
    `The project would be written over '${name}', from which it is made. It needs a folder of its own.`,
  );

async function textAt(path: string, { read }: Files): Promise<string | undefined> {
  const bytes = await read(path);
  return bytes && new TextDecoder().decode(bytes);
}

async function findFiles(made: Scaffold, folder: string, files: Files): Promise<FoundFiles> {
  const paths = pathsToRead(made, await textAt(join(folder, RECORD), files));
  const texts = await Promise.all(
    paths.map(async (path) => [path, await textAt(join(folder, path), files)] as const),
  );
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

async function withHeader(
  { manifestPath }: MigrationPlace,
  { manifest }: ReadMigration,
  folder: string,
  { read }: Files,
): Promise<string | undefined> {
  const bytes = await read(manifestPath);
  const text = bytes && decodeText(bytes);
  const header = relativeTo(dirname(manifestPath), join(folder, HEADER));
  return text?.ok ? manifestWithHeader(text.value, manifest, header) : undefined;
}

/** A header that the manifest names elsewhere is the one that is checked while the table is edited. */
function otherHeader(base: string, { manifest }: ReadMigration, folder: string): readonly string[] {
  const named = manifest.target?.header;
  const header = join(folder, HEADER);
  return named === undefined || isSamePath(join(base, named), header)
    ? []
    : [
        `${MANIFEST_NAME} names '${named}' as the header, not the one of this project: change "header" of "target" to "${relativeTo(base, header)}".`,
      ];
}
