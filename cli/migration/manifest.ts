import { type MigrationManifest, parseManifest } from "../../core/project/manifest";
import { manifestProblems } from "../../core/project/manifestProblems";
import { dirname, resolveInside } from "../../core/project/paths";
import type { Files } from "../../core/project/surroundings";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { readText } from "../readText";
import type { CheckedFile, ReportedProblem } from "../report/reported";
import { relativePath, rootOf } from "../surroundings";

/** A `crossflash.json`, and where its paths lead. */
export interface Migration {
  readonly manifest: MigrationManifest;
  /** The file as the user would write it, its text and what is wrong with it. */
  readonly file: CheckedFile;
  /** Where a path of the manifest leads; undefined where that is out of the project. */
  readonly find: (path: string) => string | undefined;
  /** The same as the user would write it. */
  resolve(path: string | undefined): string | undefined;
}

/** The path of a value, such as `["target", "micropython"]`. */
export type ValuePath = readonly string[];

/**
 * Reads a manifest, which must be there. Of values in whose place the command line names others nothing is said: they are
 * `replaced`.
 */
export async function readManifest(
  path: string,
  files: Files,
  io: Io,
  replaced: readonly ValuePath[] = [],
): Promise<Migration> {
  const absolute = io.absolute(path);
  const root = rootOf(absolute, io);
  const text = await readText(path, io);
  if (!text.ok) throw new Stop(2, text.message);
  const { manifest, spanOf } = parseManifest(text.value);
  const { problems } = await manifestProblems(absolute, text.value, root, files);
  const find = (relative: string) => resolveInside(root, dirname(absolute), relative);
  const unused = replaced.map((value) => spanOf(value)?.start);
  return {
    manifest,
    file: {
      file: relativePath(absolute, io),
      text: text.value,
      problems: problems.filter(({ at }) => !unused.includes(at.start)),
    },
    find,
    resolve(relative) {
      const found = relative === undefined ? undefined : find(relative);
      return found && relativePath(found, io);
    },
  };
}

export const errorsOf = ({ problems }: CheckedFile): readonly ReportedProblem[] =>
  problems.filter(({ severity }) => severity === "error");
