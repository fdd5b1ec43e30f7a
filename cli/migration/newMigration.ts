import { draftFiles, type MigrationDraft, TARGET } from "../../core/migrate/draft";
import type { PossibleLayout } from "../../core/migrate/solve/proposal";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { join } from "../../core/project/paths";
import { Stop } from "../board/stop";
import type { Io, NewFile } from "../io";
import { relativePath } from "../surroundings";
import { checkFree, nameFrom, type Place, placeOf } from "./draft";
import type { Situation } from "./situation";

export interface NewMigrationOptions {
  readonly force: boolean;
  readonly bootloader?: string | undefined;
  readonly arduino?: string | undefined;
}

/** The files of a migration with this layout, once it is sure that all of them may be written; the manifest last. */
export function newMigration(
  folder: string,
  situation: Situation,
  { csv }: PossibleLayout,
  options: NewMigrationOptions,
  io: Io,
): readonly NewFile[] {
  const { source, micropython, migration, input, field } = situation;
  const place = placeOf(folder, [source, micropython], options.force, io);
  const draft = draftFiles(
    {
      chip: input.chip,
      flashSize: input.flashSize,
      tableOffset: input.source.tableOffset,
      bootloader: bootloaderOf(situation, place, options, io),
      source: { name: field.isCsv ? nameFrom(place, source, io) : undefined, csv: field.csv },
      target: { csv },
      isTargetTaken: io.isSameFile(source, join(place.folder, TARGET)),
      micropython: nameFrom(place, micropython, io) ?? outside(micropython, place),
    },
    migration?.file.text ?? "",
  );
  if (!draft.ok) throw new Stop(1, draft.message);
  const files = draft.value.map(({ name, text }) => ({
    path: relativePath(join(place.folder, name), io),
    bytes: new TextEncoder().encode(text),
  }));
  checkFree(files, place, io);
  return files;
}

/** What the user says of the bootloader, and the file that it can be read from; without such a file, what was read. */
function bootloaderOf(
  { field }: Situation,
  place: Place,
  { bootloader, arduino }: NewMigrationOptions,
  io: Io,
): MigrationDraft["bootloader"] {
  const { file, image } = field.bootloader ?? {};
  const named = file === undefined ? undefined : nameFrom(place, file, io);
  const read = named === undefined && arduino === undefined ? image?.version.idfVersion : undefined;
  return { idf: bootloader ?? read, arduino, image: named };
}

function outside(path: string, { root }: Place): never {
  throw new Stop(
    2,
    `'${path}' lies outside of '${root}', where ${MANIFEST_NAME} cannot name it. Copy it there first.`,
  );
}
