import type { Facts } from "../core/facts";
import type { ImageReport } from "../core/image/inspect";
import { parseManifest } from "../core/project/manifest";
import { manifestProblems } from "../core/project/manifestProblems";
import { dirname, isInside, join, relativeTo } from "../core/project/paths";
import type { Files } from "../core/project/surroundings";
import type { Io } from "./io";
import { LARGEST_TEXT, readText } from "./readText";
import type { CheckedFile } from "./report/reported";
import { LARGEST_FLASH } from "./tableOptions";

/** The files around tables. What an image is, is found out once in a run, for it takes longer than everything else. */
export function filesOf(io: Io): Files {
  const reports = new Map<string, Promise<ImageReport | undefined>>();
  const inspect = async (path: string) => {
    const bytes = await readBytes(path, LARGEST_FLASH, io);
    return bytes && inspectBytes(bytes);
  };
  return {
    read: (path) => readBytes(path, LARGEST_TEXT, io),
    inspect(path) {
      const report = reports.get(path) ?? inspect(path);
      reports.set(path, report);
      return report;
    },
  };
}

/** The same, for what has to read whole images too. */
export const wholeFilesOf = (io: Io): Files => ({
  ...filesOf(io),
  read: (path) => readBytes(path, LARGEST_FLASH, io),
});

async function readBytes(path: string, limit: number, io: Io): Promise<Uint8Array | undefined> {
  const bytes = io.exists(path) ? await io.read(path, limit) : undefined;
  return bytes?.ok ? bytes.value : undefined;
}

/** Few checks have an image to look into; those that have load what it takes. */
export const inspectBytes = async (bytes: Uint8Array): Promise<ImageReport> =>
  (await import("./inspectImage")).inspectImage(bytes);

/**
 * The folder that no path of a manifest may leave: the repository, or without one the folder in which the command was
 * started, or that of a table elsewhere.
 */
export function rootOf(path: string, io: Io): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (io.exists(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) break;
  }
  const started = io.absolute(".");
  return isInside(started, path) ? started : dirname(path);
}

/** The manifest with its own problems, without those of a binary in whose place the command line names another. */
export async function checkedManifest(
  path: string,
  root: string,
  told: Partial<Facts>,
  files: Files,
  io: Io,
): Promise<CheckedFile> {
  const file = relativePath(path, io);
  const read = await readText(path, io);
  const text = read.ok ? read.value : "";
  const { problems } = await manifestProblems(path, text, root, files);
  const replaced = told.micropython && parseManifest(text).spanOf(["target", "micropython"]);
  return { file, text, problems: problems.filter(({ at }) => at.start !== replaced?.start) };
}

/** A path as the user would write it. */
export function relativePath(path: string, io: Io): string {
  const started = io.absolute(".");
  return isInside(started, path) ? relativeTo(started, path) : path;
}
