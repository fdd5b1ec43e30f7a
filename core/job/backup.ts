import { MAX_TEXT } from "../analyse";
import { type ChipTarget, chipById } from "../chip/targets";
import { type Failure, failure, type Result, success } from "../result";
import { hex } from "../text/units";
import { ADDRESS_SPACE, type FlashRange, rangeEnd } from "./range";

/** One file of a backup and the flash that it holds. */
export interface BackupRegion extends FlashRange {
  readonly name: string;
  /** Name of the file beside the manifest; never a path. */
  readonly file: string;
  /** Hex digits, lower case; undefined while the region has not been read to its end. */
  readonly sha256: string | undefined;
}

/** The manifest that stands beside the files of a backup. */
export interface Backup {
  readonly chip: ChipTarget;
  readonly mac: string;
  /** Bytes of the board's flash. */
  readonly flashSize: number;
  /** In order of address; they do not overlap. */
  readonly regions: readonly BackupRegion[];
}

export type BackupFault = "syntax" | "format" | "version" | "value" | "overlap";

const FORMAT = "crossflash-backup";
const VERSION = 1;

/** The JSON of a manifest. */
export const printBackup = ({ chip, mac, flashSize, regions }: Backup): string =>
  `${JSON.stringify(
    {
      format: FORMAT,
      version: VERSION,
      chip: chip.id,
      mac,
      flashSize,
      regions: regions.map(({ name, address, size, file, sha256 }) => ({
        name,
        address,
        size,
        file,
        sha256,
      })),
    },
    undefined,
    2,
  )}\n`;

/** Reads the text of a manifest, which may be anything. `at` of a failure is the number of the region, else 0. */
export function parseBackup(text: string): Result<Backup, BackupFault> {
  const root = parsed(text);
  if (!isObject(root))
    return failure("syntax", 0, "The backup manifest is no JSON object. Choose the .json file of a backup.");
  if (root.format !== FORMAT)
    return failure("format", 0, `The file is no backup manifest: its "format" is not "${FORMAT}".`);
  if (root.version !== VERSION)
    return failure(
      "version",
      0,
      `The backup has version ${shown(root.version)}, but only version ${VERSION} can be read. Update Crossflash.`,
    );
  const chip = typeof root.chip === "string" ? chipById(root.chip) : undefined;
  if (!chip)
    return failure(
      "value",
      0,
      `The backup's "chip" is ${shown(root.chip)}, which is no chip that is known here.`,
    );
  if (typeof root.mac !== "string" || !MAC.test(root.mac))
    return failure(
      "value",
      0,
      `The backup's "mac" must be six pairs of hex digits with colons, but is ${shown(root.mac)}.`,
    );
  if (!isSize(root.flashSize))
    return failure(
      "value",
      0,
      `The backup's "flashSize" must be a number of bytes, but is ${shown(root.flashSize)}.`,
    );
  const regions = parseRegions(root.regions, root.flashSize);
  if (!regions.ok) return regions;
  return success({ chip, mac: root.mac.toLowerCase(), flashSize: root.flashSize, regions: regions.value });
}

function parseRegions(value: unknown, flashSize: number): Result<readonly BackupRegion[], BackupFault> {
  if (!Array.isArray(value) || value.length === 0)
    return failure("value", 0, 'The backup names no "regions", so there is nothing to restore.');
  const regions: BackupRegion[] = [];
  for (const [index, item] of value.entries()) {
    const region = parseRegion(item, index, flashSize);
    if (!region.ok) return region;
    regions.push(region.value);
  }
  const sorted = regions.sort((a, b) => a.address - b.address);
  return overlapOf(sorted) ?? fileTwice(sorted) ?? success(sorted);
}

function parseRegion(item: unknown, index: number, flashSize: number): Result<BackupRegion, BackupFault> {
  const bad = (key: string, expected: string): Failure<BackupFault> =>
    failure(
      "value",
      index,
      `Region ${index + 1} of the backup: "${key}" must be ${expected}, but is ${shown(isObject(item) ? item[key] : item)}.`,
    );
  if (!isObject(item))
    return failure("value", index, `Region ${index + 1} of the backup is no object: ${shown(item)}.`);
  const { name, address, size, file, sha256 } = item;
  if (typeof name !== "string" || !NAME.test(name)) return bad("name", "a short text on one line");
  if (!isAddress(address)) return bad("address", "an address in bytes");
  if (!isSize(size)) return bad("size", "a number of bytes");
  if (address + size > flashSize)
    return bad("size", `at most ${flashSize - address}, because the flash ends at ${hex(flashSize)}`);
  if (typeof file !== "string" || !FILE.test(file))
    return bad("file", "the name of a file beside the manifest, without a folder");
  if (sha256 !== undefined && (typeof sha256 !== "string" || !SHA256.test(sha256)))
    return bad("sha256", "64 hex digits");
  return success({ name, address, size, file, sha256: sha256?.toLowerCase() });
}

const overlapOf = (sorted: readonly BackupRegion[]): Failure<BackupFault> | undefined => {
  const index = sorted.findIndex(
    (region, at) => rangeEnd(region) > (sorted[at + 1]?.address ?? ADDRESS_SPACE),
  );
  return index < 0
    ? undefined
    : failure(
        "overlap",
        index,
        `Two regions of the backup hold ${hex(sorted[index + 1]?.address ?? 0)}: '${sorted[index]?.name}' and '${sorted[index + 1]?.name}'.`,
      );
};

function fileTwice(regions: readonly BackupRegion[]): Failure<BackupFault> | undefined {
  const files = regions.map(({ file }) => file.toLowerCase());
  const index = files.findIndex((file, at) => files.indexOf(file) !== at);
  return index < 0
    ? undefined
    : failure("value", index, `Two regions of the backup name the file '${regions[index]?.file}'.`);
}

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;
const SHA256 = /^[0-9a-f]{64}$/i;
/** It is shown in terminals, so it holds nothing that one would obey. */
const NAME = /^[^\p{C}]{0,100}$/u;
/** A plain name on every system: no folder, no drive, no leading dot, nothing that a shell or Windows reads otherwise. */
const FILE = /^[0-9A-Za-z_][0-9A-Za-z_. -]{0,98}[0-9A-Za-z_]$/;

const isAddress = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && 0 <= value && value < ADDRESS_SPACE;
const isSize = (value: unknown): value is number => isAddress(value) && value > 0;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return text.length > MAX_TEXT ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value of somebody else's file in a message: short, and on one line. */
const shown = (value: unknown): string => (JSON.stringify(value) ?? "missing").slice(0, 40);
