import { parseFlashSize } from "../chip/flashSize";
import { type ChipTarget, chipById } from "../chip/targets";
import { headerText } from "../export/headerBytes";
import { readHeader } from "../export/readHeader";
import { type Facts, noFacts } from "../facts";
import type { ImageReport } from "../image/inspect";
import { decodeText } from "../text/decode";
import { parseIntLiteral } from "../text/python";
import { chosenBinary } from "./chosenBinary";
import { type FoundManifest, findManifest, type ReadText } from "./findManifest";
import type { MigrationManifest } from "./manifest";
import { dirname, join, relativeTo } from "./paths";
import { repartitionerFacts } from "./repartitioner";
import { known, parseSdkconfig, sdkconfigFacts } from "./sdkconfig";
import { readSourceTable, type SourceFile, sourceEntries } from "./sourceTable";

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
  /** The table that the devices have today, where this is the target table and the manifest names one. */
  readonly source?: SourceFile | undefined;
  /** Every file that was looked for, found or not: when one of them changes, the answer may. */
  readonly dependsOn: readonly string[];
}

/**
 * Looks for the manifest of a table from its folder up to `root`, and for an `sdkconfig` beside it. The manifest wins
 * over the sdkconfig, and that over the defaults. What cannot be read leaves its facts unknown.
 */
export async function surroundingsOf(csvPath: string, root: string, files: Files): Promise<Surroundings> {
  const asked = new Set<string>();
  const noted = notingFiles(files, asked);
  const found = await findManifest(csvPath, root, noted.readText);
  const path = found?.micropythonPath;
  const report = path === undefined ? undefined : await noted.inspect(path);
  const micropython = report && chosenBinary(found?.manifest.target?.micropython ?? "", report);
  const device = {
    ...(await configuredFacts(dirname(csvPath), noted.readText)),
    ...(found ? manifestFacts(found.manifest) : {}),
    ...known({ micropython }),
  };
  const chip = device.chip ?? micropython?.chip;
  const facts = {
    ...noFacts,
    primaryBootloaderOffset: bootloaderOffset(chip),
    ...device,
    ...known({ chip }),
  };
  const migration =
    found?.role === "target" ? await migrationOf({ ...found, csvPath, root }, facts, noted) : undefined;
  return {
    role: found?.role ?? "alone",
    ...found,
    ...migration,
    facts: { ...facts, ...migration?.facts },
    dependsOn: [...asked],
  };
}

interface NotingFiles extends Files {
  readonly readText: ReadText;
}

/** The same files; what is asked for is noted in `asked`. */
function notingFiles(files: Files, asked: Set<string>): NotingFiles {
  const read = (path: string) => {
    asked.add(path);
    return files.read(path);
  };
  return {
    read,
    inspect(path) {
      asked.add(path);
      return files.inspect(path);
    },
    async readText(path) {
      const bytes = await read(path);
      const text = bytes && decodeText(bytes);
      return text?.ok ? text.value : undefined;
    },
  };
}

interface Place extends FoundManifest {
  readonly csvPath: string;
  readonly root: string;
}

/** What else a target table has to agree with: the source table, the header and the repartitioner. */
async function migrationOf(place: Place, facts: Facts, files: NotingFiles) {
  const { manifest, manifestPath, headerPath, csvPath, root } = place;
  const title = manifest.source?.table;
  const source =
    title === undefined ? undefined : await readSourceTable(title, manifestPath, root, files.read);
  const header = headerPath === undefined ? undefined : await files.read(headerPath);
  return {
    ...(source ? { source } : {}),
    facts: known({
      source: source && sourceEntries(source, facts),
      header:
        headerPath === undefined || !header
          ? undefined
          : { name: relativeTo(dirname(csvPath), headerPath), ...readHeader(headerText(header)) },
      delivery: manifest.delivery,
      ...(await repartitionerFacts(place, files)),
    }),
  };
}

/** The facts of the device that a manifest states. */
const manifestFacts = ({ chip, flashSize, partitionTableOffset }: MigrationManifest): Partial<Facts> =>
  known({
    chip: chipById(chip ?? ""),
    flashSize: parseFlashSize(flashSize ?? ""),
    tableOffset: parseIntLiteral(partitionTableOffset ?? ""),
  });

async function configuredFacts(folder: string, readText: ReadText): Promise<Partial<Facts>> {
  const defaults = parseSdkconfig((await readText(join(folder, "sdkconfig.defaults"))) ?? "");
  const generated = parseSdkconfig((await readText(join(folder, "sdkconfig"))) ?? "");
  return sdkconfigFacts(new Map([...defaults, ...generated]));
}

/** CMake passes the chip's offset to the tool; without a chip the ESP32's stands for it. */
const bootloaderOffset = (chip: ChipTarget | undefined): number | undefined =>
  (chip ?? chipById("esp32"))?.bootloaderOffset;
