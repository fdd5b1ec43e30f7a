import { formatFlashSize } from "../../core/chip/flashSize";
import type { PossibleLayout } from "../../core/migrate/solve/proposal";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { manifestFields } from "../../core/project/manifestFields";
import { join } from "../../core/project/paths";
import { hex } from "../../core/text/units";
import { Stop } from "../board/stop";
import type { Io, NewFile } from "../io";
import { relativePath } from "../surroundings";
import { checkFree, type ManifestValue, manifestText, nameFrom, type Place, placeOf } from "./draft";
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
  const { source, micropython, migration } = situation;
  const place = placeOf(folder, [source, micropython], options.force, io);
  const fileOf = (name: string, content: string): NewFile => ({
    path: relativePath(join(place.folder, name), io),
    bytes: new TextEncoder().encode(content),
  });
  const ownSource = situation.field.isCsv ? nameFrom(place, source, io) : undefined;
  const isTaken = io.isSameFile(source, join(place.folder, TARGET));
  const target = fileOf(isTaken ? OTHER_TARGET : TARGET, csv);
  const values = [
    ...deviceValues(situation),
    ...bootloaderValues(situation, place, options, io),
    [["source", "table"], ownSource ?? SOURCE],
    [["target", "table"], isTaken ? OTHER_TARGET : TARGET],
    [["target", "micropython"], nameFrom(place, micropython, io) ?? outside(micropython, place)],
  ] as const;
  const files = [
    ...(ownSource === undefined ? [fileOf(SOURCE, situation.field.csv)] : []),
    target,
    fileOf(MANIFEST_NAME, manifestText(migration?.file.text ?? "", values)),
  ];
  checkFree(files, place, io);
  return files;
}

const SOURCE = "field/partitions.csv";
const TARGET = "partitions.csv";
/** Where the other name is that of the table of the devices. */
const OTHER_TARGET = "partitions-micropython.csv";

const deviceValues = ({ input }: Situation): ManifestValue[] => [
  [["chip"], input.chip?.id],
  [["flashSize"], formatFlashSize(input.flashSize)],
  [["partitionTableOffset"], hex(input.source.tableOffset)],
];

/** What the user says of the bootloader, and the file that it can be read from; without such a file, what was read. */
function bootloaderValues(
  { field }: Situation,
  place: Place,
  { bootloader, arduino }: NewMigrationOptions,
  io: Io,
): ManifestValue[] {
  const { file, image } = field.bootloader ?? {};
  const named = file === undefined ? undefined : nameFrom(place, file, io);
  const read = named === undefined && arduino === undefined ? image?.version.idfVersion : undefined;
  const idf = [bootloader, read].find((version) => version !== undefined && isVersion(version));
  return [
    [["bootloader", "idf"], idf],
    [["bootloader", "arduino"], arduino],
    [["bootloader", "image"], named],
  ];
}

const isVersion = manifestFields.bootloader.fields.idf.kind.isValid;

function outside(path: string, { root }: Place): never {
  throw new Stop(
    2,
    `'${path}' lies outside of '${root}', where ${MANIFEST_NAME} cannot name it. Copy it there first.`,
  );
}
