import { formatFlashSize } from "../chip/flashSize";
import type { ChipTarget } from "../chip/targets";
import { MANIFEST_NAME } from "../project/fileNames";
import { parseManifest, setManifestValue } from "../project/manifest";
import { manifestFields } from "../project/manifestFields";
import { failure, type Result, success } from "../result";
import { applyEdits } from "../text/span";
import { hex } from "../text/units";

/** A migration that begins. Paths are relative to its folder, as a manifest writes them. */
export interface MigrationDraft {
  readonly chip: ChipTarget | undefined;
  /** Bytes. */
  readonly flashSize: number;
  readonly tableOffset: number;
  /** What is not a version is left out. */
  readonly bootloader: {
    readonly idf?: string | undefined;
    readonly arduino?: string | undefined;
    readonly image?: string | undefined;
  };
  /** The table of the devices; one that is no CSV in the project yet has no name, and becomes one. */
  readonly source: { readonly name: string | undefined; readonly csv: string };
  readonly target: { readonly csv: string };
  /** Whether the file of the source has the name that the target table usually gets: it must not be written over. */
  readonly isTargetTaken: boolean;
  readonly micropython: string;
}

export interface DraftFile {
  readonly name: string;
  readonly text: string;
}

const SOURCE = "field/partitions.csv";
/** The usual name of the target table. */
export const TARGET = "partitions.csv";
const OTHER_TARGET = "partitions-micropython.csv";

/** The table that a draft makes. */
export const targetName = ({ isTargetTaken }: Pick<MigrationDraft, "isTargetTaken">): string =>
  isTargetTaken ? OTHER_TARGET : TARGET;

/** The files of a migration, the manifest last; what else the old manifest says, and its comments, stay. */
export function draftFiles(
  draft: MigrationDraft,
  oldManifest: string,
): Result<readonly DraftFile[], "manifest"> {
  const { source, target } = draft;
  const manifest = manifestText(oldManifest, valuesOf(draft));
  if (!manifest.ok) return manifest;
  return success([
    ...(source.name === undefined ? [{ name: SOURCE, text: source.csv }] : []),
    { name: targetName(draft), text: target.csv },
    { name: MANIFEST_NAME, text: manifest.value },
  ]);
}

type ManifestValue = readonly [path: readonly string[], value: string | undefined];

function valuesOf(draft: MigrationDraft): ManifestValue[] {
  const { chip, flashSize, tableOffset, bootloader, source, micropython } = draft;
  return [
    [["chip"], chip?.id],
    [["flashSize"], formatFlashSize(flashSize)],
    [["partitionTableOffset"], hex(tableOffset)],
    [["bootloader", "idf"], version(bootloader.idf)],
    [["bootloader", "arduino"], version(bootloader.arduino)],
    [["bootloader", "image"], bootloader.image],
    [["source", "table"], source.name ?? SOURCE],
    [["target", "table"], targetName(draft)],
    [["target", "micropython"], micropython],
  ];
}

/** An image may name a commit where a version is expected. */
const version = (text: string | undefined): string | undefined =>
  text !== undefined && manifestFields.bootloader.fields.idf.kind.isValid(text) ? text : undefined;

function manifestText(old: string, values: readonly ManifestValue[]): Result<string, "manifest"> {
  let text = old;
  for (const [path, value] of values)
    if (value !== undefined) text = applyEdits(text, setManifestValue(text, path, value));
  const [fault] = parseManifest(text).faults.filter(({ severity }) => severity === "error");
  return fault
    ? failure("manifest", fault.at.start, `${MANIFEST_NAME} cannot be written. ${fault.message}`)
    : success(text);
}
