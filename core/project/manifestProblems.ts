import { type ChipTarget, chipById } from "../chip/targets";
import type { ImageReport } from "../image/inspect";
import type { Fix } from "../rules/rule";
import type { Span } from "../text/span";
import { type MigrationManifest, type ParsedManifest, parseManifest } from "./manifest";
import { type FileUse, fileFields } from "./manifestFields";
import { type ManifestProblem, type ManifestProblemId, manifestProblem } from "./manifestProblem";
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
  const found = await Promise.all(named.map((file) => checkFile(file, parsed, files)));
  return {
    problems: [...parsed.faults, ...found.flat()].sort((a, b) => a.at.start - b.at.start),
    dependsOn: named.flatMap(({ path }) => path ?? []),
  };
}

interface NamedFile {
  readonly use: FileUse;
  /** As the user wrote it. */
  readonly name: string;
  readonly at: Span;
  /** Undefined when it leads out of the root. */
  readonly path: string | undefined;
}

const namedFiles = (
  { manifest, spanOf }: ParsedManifest,
  resolve: (path: string) => string | undefined,
): NamedFile[] =>
  fileFields.flatMap(({ use, path }) => {
    const name = valueAt(manifest, path);
    const at = spanOf(path);
    return name === undefined || !at ? [] : [{ use, name, at, path: resolve(name) }];
  });

function valueAt(manifest: MigrationManifest, [group, name]: readonly [string, string]): string | undefined {
  const groups: Readonly<Record<string, Readonly<Record<string, string>> | string | undefined>> = {
    ...manifest,
  };
  const found = groups[group];
  return typeof found === "object" ? found[name] : undefined;
}

async function checkFile(file: NamedFile, parsed: ParsedManifest, files: Files): Promise<ManifestProblem[]> {
  const { use, name, path } = file;
  if (path === undefined) {
    const message = `'${name}' leads out of the workspace. Copy the file into the workspace and write the path of the copy, relative to this file.`;
    return [problem("manifest-path", file, message)];
  }
  // A header need not be there: the export makes it.
  if (use === "header") return [];
  if (use === "table") return (await files.read(path)) ? [] : [missing(file)];
  const report = await files.inspect(path);
  return report ? imageProblems(file, report, parsed) : [missing(file)];
}

function imageProblems(file: NamedFile, report: ImageReport, parsed: ParsedManifest): ManifestProblem[] {
  const { use, name } = file;
  const fixes = use === "micropython" ? [choose] : [];
  if (report.kind === "damaged" || report.kind === "unknown")
    return [problem("manifest-image", file, `'${name}' cannot be used. ${report.failure.message}`, fixes)];
  if (!rolesOf[report.kind].includes(use)) {
    const message = `'${name}' is ${kinds[report.kind]}, but ${needed[use]} is needed here.`;
    return [problem("manifest-image", file, message, fixes)];
  }
  const combined = use === "micropython" && report.kind !== "app" ? [combinedProblem(file)] : [];
  return [...combined, ...chipProblems(file, report, parsed)];
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
    [{ title: "Extract the app from it", action: "extract-app" }, choose],
  );

function chipProblems(
  file: NamedFile,
  report: ImageReport,
  { manifest, spanOf }: ParsedManifest,
): ManifestProblem[] {
  const named = chipById(manifest.chip ?? "");
  const built = chipOf(report);
  const at = spanOf(["chip"]);
  if (!named || !built || !at || named.id === built.id) return [];
  const message = `'${file.name}' is built for ${built.name}, but the chip is said to be ${named.name}. Choose a build for ${named.name}, or correct the chip.`;
  const correct: Fix = {
    title: `Change the chip to "${built.id}"`,
    edits: [{ span: at, newText: JSON.stringify(built.id) }],
  };
  const related = [{ at, message: `The chip is said to be ${named.name} here.` }];
  return [
    {
      ...problem("manifest-chip", file, message, file.use === "micropython" ? [choose, correct] : [correct]),
      related,
    },
  ];
}

function chipOf(report: ImageReport): ChipTarget | undefined {
  if ("app" in report) return report.app.image.chip;
  return "bootloader" in report ? report.bootloader.image.chip : undefined;
}

const choose: Fix = { title: "Choose MicroPython Binary…", action: "choose-micropython" };

const missing = (file: NamedFile): ManifestProblem =>
  problem(
    "manifest-file",
    file,
    `There is no file '${file.name}' here. Paths are relative to this file.`,
    file.use === "micropython" ? [choose] : [],
  );

const problem = (
  id: ManifestProblemId,
  { at }: NamedFile,
  message: string,
  fixes: readonly Fix[] = [],
): ManifestProblem => manifestProblem(id, { at, message, fixes });
