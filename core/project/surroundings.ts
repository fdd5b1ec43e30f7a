import { parseFlashSize } from "../chip/flashSize";
import { type ChipTarget, chipById } from "../chip/targets";
import { type Facts, noFacts } from "../facts";
import type { ImageReport } from "../image/inspect";
import { decodeText } from "../text/decode";
import { parseIntLiteral } from "../text/python";
import { chosenBinary } from "./chosenBinary";
import { isTableName, MANIFEST_NAME } from "./fileNames";
import { type MigrationManifest, parseManifest } from "./manifest";
import { basename, dirname, isInside, isSamePath, join, resolveInside } from "./paths";
import { known, parseSdkconfig, sdkconfigFacts } from "./sdkconfig";

/** The files around a table, through whatever a host reads them. Paths as in `paths.ts`. */
export interface Files {
  /** The bytes of a file; undefined when it is not there or cannot be read. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** What an image is; undefined when it is not there. Hosts remember the answer by time and size of the file. */
  readonly inspect: (path: string) => Promise<ImageReport | undefined>;
}

/** What the folder of a table tells about it. */
export interface Surroundings {
  readonly facts: Facts;
  /** Whether the manifest names the table as what MicroPython needs, as what the device has today, or not at all. */
  readonly role: "target" | "source" | "alone";
  readonly manifestPath?: string | undefined;
  readonly manifest?: MigrationManifest | undefined;
  /** Where the manifest's binary and header lie, there or not; undefined when no path or one that leaves the root is given. */
  readonly micropythonPath?: string | undefined;
  readonly headerPath?: string | undefined;
  /** Every file that was looked for, found or not: when one of them changes, the answer may. */
  readonly dependsOn: readonly string[];
}

/**
 * Looks for the manifest of a table from its folder up to `root`, and for an `sdkconfig` beside it. The manifest wins
 * over the sdkconfig, and that over the defaults. What cannot be read leaves its facts unknown.
 */
export async function surroundingsOf(csvPath: string, root: string, files: Files): Promise<Surroundings> {
  const dependsOn: string[] = [];
  const readText = async (path: string): Promise<string | undefined> => {
    dependsOn.push(path);
    const bytes = await files.read(path);
    const text = bytes && decodeText(bytes);
    return text?.ok ? text.value : undefined;
  };
  const found = await findManifest(csvPath, root, readText);
  const place = found && placesOf(found, root);
  if (place?.micropythonPath !== undefined) dependsOn.push(place.micropythonPath);
  const report =
    place?.micropythonPath === undefined ? undefined : await files.inspect(place.micropythonPath);
  const micropython = report && chosenBinary(found?.manifest.target?.micropython ?? "", report);
  const facts = {
    ...(await configuredFacts(dirname(csvPath), readText)),
    ...(found ? manifestFacts(found.manifest) : {}),
    ...known({ micropython }),
  };
  const chip = facts.chip ?? micropython?.chip;
  return {
    facts: { ...noFacts, primaryBootloaderOffset: bootloaderOffset(chip), ...facts, ...known({ chip }) },
    role: found?.role ?? "alone",
    ...found,
    ...place,
    dependsOn,
  };
}

/** The facts of the device that a manifest states. */
const manifestFacts = ({ chip, flashSize, partitionTableOffset }: MigrationManifest): Partial<Facts> =>
  known({
    chip: chipById(chip ?? ""),
    flashSize: parseFlashSize(flashSize ?? ""),
    tableOffset: parseIntLiteral(partitionTableOffset ?? ""),
  });

type ReadText = (path: string) => Promise<string | undefined>;

interface FoundManifest {
  readonly manifestPath: string;
  readonly manifest: MigrationManifest;
  readonly role: "target" | "source";
}

async function findManifest(
  csv: string,
  root: string,
  readText: ReadText,
): Promise<FoundManifest | undefined> {
  for (let folder = dirname(csv); ; folder = dirname(folder)) {
    const manifestPath = join(folder, MANIFEST_NAME);
    const text = await readText(manifestPath);
    const manifest = text === undefined ? undefined : parseManifest(text).manifest;
    const role = manifest && roleOf(csv, folder, manifest);
    if (manifest && role) return { manifestPath, manifest, role };
    if (isSamePath(folder, root) || !isInside(root, folder)) return undefined;
  }
}

/** A manifest that names no target table yet means the one beside it: that is how it looks after choosing a binary. */
function roleOf(
  csv: string,
  folder: string,
  { source, target }: MigrationManifest,
): FoundManifest["role"] | undefined {
  const isNamed = (path: string | undefined) => path !== undefined && isSamePath(join(folder, path), csv);
  if (isNamed(target?.table)) return "target";
  if (isNamed(source?.table)) return "source";
  const isBeside = isSamePath(dirname(csv), folder) && isTableName(basename(csv));
  return target?.table === undefined && isBeside ? "target" : undefined;
}

/** The binary and the header belong to the target table only: the source table never holds MicroPython. */
function placesOf({ manifestPath, manifest: { target }, role }: FoundManifest, root: string) {
  const resolved = (path: string | undefined) =>
    path === undefined || role !== "target" ? undefined : resolveInside(root, dirname(manifestPath), path);
  return { micropythonPath: resolved(target?.micropython), headerPath: resolved(target?.header) };
}

async function configuredFacts(folder: string, readText: ReadText): Promise<Partial<Facts>> {
  const defaults = parseSdkconfig((await readText(join(folder, "sdkconfig.defaults"))) ?? "");
  const generated = parseSdkconfig((await readText(join(folder, "sdkconfig"))) ?? "");
  return sdkconfigFacts(new Map([...defaults, ...generated]));
}

/** CMake passes the chip's offset to the tool; without a chip the ESP32's stands for it. */
const bootloaderOffset = (chip: ChipTarget | undefined): number | undefined =>
  (chip ?? chipById("esp32"))?.bootloaderOffset;
