import type { ImageReport } from "../image/inspect";
import type { Fix } from "../rules/rule";
import { decodeText } from "../text/decode";
import { parseManifest } from "./manifest";
import { contradictions } from "./manifestContradictions";
import type { FileUse } from "./manifestFields";
import { type InspectedFile, type NamedFile, namedFiles, type ReadTable } from "./manifestFiles";
import {
  chooseMicroPython,
  type ManifestProblem,
  type ManifestProblemId,
  manifestProblem,
} from "./manifestProblem";
import { dirname, resolveInside } from "./paths";
import type { Files } from "./surroundings";

export interface ManifestReport {
  /** In the order of the text. */
  readonly problems: readonly ManifestProblem[];
  /** Every file that was looked for, found or not. */
  readonly dependsOn: readonly string[];
}

/** What is wrong with a manifest: its text, and the files that it names. `root` is the folder that no path may leave. */
export async function manifestProblems(
  manifestPath: string,
  text: string,
  root: string,
  files: Files,
): Promise<ManifestReport> {
  const parsed = parseManifest(text);
  const named = namedFiles(parsed, (path) => resolveInside(root, dirname(manifestPath), path));
  const checked = await Promise.all(named.map((file) => checkFile(file, files)));
  const found = checked.flatMap(({ problems }) => problems);
  const images = checked.flatMap(({ image }) => image ?? []);
  const tables = checked.flatMap(({ table }) => table ?? []);
  return {
    problems: [...parsed.faults, ...found, ...contradictions(parsed, images, tables)].sort(
      (a, b) => a.at.start - b.at.start,
    ),
    dependsOn: named.flatMap(({ path }) => path ?? []),
  };
}

interface CheckedFile {
  readonly problems: readonly ManifestProblem[];
  /** Either is set where the file can serve as what it is named for. */
  readonly image?: InspectedFile;
  readonly table?: ReadTable;
}

async function checkFile(file: NamedFile, files: Files): Promise<CheckedFile> {
  const { use, name, path } = file;
  if (path === undefined) {
    const message = `'${name}' leads out of the workspace. Copy the file into the workspace and write the path of the copy, relative to this file.`;
    return { problems: [problem("manifest-path", file, message)] };
  }
  // A header need not be there: the export makes it.
  if (use === "header") return { problems: [] };
  if (use === "table") return checkTable(file, await files.read(path));
  const report = await files.inspect(path);
  return report ? checkImage(file, report) : { problems: [missing(file)] };
}

/** No text has a NUL, and every table in its binary form has. */
function checkTable(file: NamedFile, bytes: Uint8Array | undefined): CheckedFile {
  if (!bytes) return { problems: [missing(file)] };
  const text = decodeText(bytes);
  if (text.ok && !text.value.includes("\0")) return { problems: [], table: { ...file, text: text.value } };
  const message = `'${file.name}' is a binary file, but a partition table as a CSV is needed here. 'crossflash decode' makes one of a table, a dump or a header.`;
  return { problems: bytes.includes(0) ? [problem("manifest-image", file, message)] : [] };
}

function checkImage(file: NamedFile, report: ImageReport): CheckedFile {
  const { use, name } = file;
  const fixes = use === "micropython" ? [chooseMicroPython] : [];
  if (report.kind === "damaged" || report.kind === "unknown") {
    const message = `'${name}' cannot be used. ${report.failure.message}`;
    return { problems: [problem("manifest-image", file, message, fixes)] };
  }
  if (!rolesOf[report.kind].includes(use)) {
    const message = `'${name}' is ${kinds[report.kind]}, but ${needed[use]} is needed here.`;
    return { problems: [problem("manifest-image", file, message, fixes)] };
  }
  const isCombined = use === "micropython" && report.kind !== "app";
  return { problems: isCombined ? [combinedProblem(file)] : [], image: { ...file, report } };
}

/** What each kind of file can serve as. A combined file or a dump holds an app and a bootloader. */
const rolesOf: Readonly<
  Record<"app" | "bootloader" | "combined" | "flash-dump" | "partition-table", readonly FileUse[]>
> = {
  app: ["micropython", "app"],
  bootloader: ["bootloader"],
  combined: ["micropython", "app", "bootloader"],
  "flash-dump": ["micropython", "app", "bootloader"],
  "partition-table": [],
};

const kinds = {
  app: "an app",
  bootloader: "a bootloader",
  combined: "a combined image",
  "flash-dump": "a flash dump",
  "partition-table": "a partition table",
} as const;

const needed: Readonly<Record<FileUse, string>> = {
  table: "a partition table",
  micropython: "the MicroPython app",
  app: "an app",
  bootloader: "a bootloader",
  header: "a header",
};

const combinedProblem = (file: NamedFile): ManifestProblem =>
  problem(
    "manifest-combined",
    file,
    `'${file.name}' is bootloader, partition table and app in one file, for writing by a cable. Only the app in it may be installed over the air. Extract it.`,
    [{ title: "Extract the app from it", action: "extract-app" }, chooseMicroPython],
  );

const missing = (file: NamedFile): ManifestProblem =>
  problem(
    "manifest-file",
    file,
    `There is no file '${file.name}' here. Paths are relative to this file.`,
    file.use === "micropython" ? [chooseMicroPython] : [],
  );

const problem = (
  id: ManifestProblemId,
  { at }: NamedFile,
  message: string,
  fixes: readonly Fix[] = [],
): ManifestProblem => manifestProblem(id, { at, message, fixes });
