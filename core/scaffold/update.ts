import { hashOf, parseRecord, RECORD, recordText } from "./record";
import { HEADER, type Scaffold, type ScaffoldFile } from "./scaffold";

/** The files of a project as they are, by their paths; those that are not there are missing. */
export type FoundFiles = ReadonlyMap<string, string>;

/**
 * `new`: it is not there. `same`: nothing to do. `outdated`: it is what was generated before. `own`: somebody has
 * changed it, but what would be made is what was made then. `changed`: the same, and something else would be made now; or
 * somebody else has made it. `yours`: it is there and never touched.
 */
export type FileState = "new" | "same" | "outdated" | "own" | "changed" | "yours";

export interface ScaffoldUpdate {
  readonly toldIdf: string | undefined;
  readonly files: readonly (ScaffoldFile & { readonly state: FileState })[];
  /** Files that an earlier project had and that nobody changed: the user removes them, for they would be compiled. */
  readonly leftOver: readonly string[];
}

/** All paths that have to be read before a project is made. */
export const pathsToRead = ({ files }: Scaffold, record: string | undefined): readonly string[] => [
  ...new Set([RECORD, ...files.map(({ path }) => path), ...[...parseRecord(record).keys()].filter(isSafe)]),
];

/** A record may come from somebody else: what it names stays in the project. */
const isSafe = (path: string): boolean => /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\:]+$/.test(path);

/** What has to be done so that a project is as it would be made now. */
export function updateOf({ files, toldIdf }: Scaffold, found: FoundFiles): ScaffoldUpdate {
  const record = parseRecord(found.get(RECORD));
  const planned = new Set(files.map(({ path }) => path));
  return {
    toldIdf,
    files: files.map((file) => ({
      ...file,
      state: stateOf(file, found.get(file.path), record.get(file.path)),
    })),
    leftOver: [...record.keys()].filter((path) => isSafe(path) && !planned.has(path) && found.has(path)),
  };
}

function stateOf(
  { path, text, kind }: ScaffoldFile,
  found: string | undefined,
  recorded: string | undefined,
): FileState {
  if (found === undefined) return "new";
  if (kind === "yours") return "yours";
  if (found.replaceAll("\r\n", "\n") === text) return "same";
  if (hashOf(path, found) === recorded) return "outdated";
  // A header that somebody has changed may say anything of the migration.
  return path !== HEADER && hashOf(path, text) === recorded ? "own" : "changed";
}

/**
 * What is written, the record last; nothing where the project is as it should be. Of files that somebody has changed only
 * those in the states that are `replaced`. What stays as somebody made it stays known as what was generated before:
 * undoing the change makes it replaceable again.
 */
export function filesToWrite(
  update: ScaffoldUpdate,
  found: FoundFiles,
  replaced: readonly ("changed" | "own")[],
): readonly Pick<ScaffoldFile, "path" | "text">[] {
  const written = update.files.filter(
    ({ state }) => state === "new" || state === "outdated" || replaced.some((one) => one === state),
  );
  const before = parseRecord(found.get(RECORD));
  const record = recordText(
    new Map(
      update.files.flatMap((file) => {
        const { path, text, kind } = file;
        if (kind === "yours") return [];
        const kept = written.includes(file) || file.state === "same" ? undefined : before.get(path);
        return [[path, kept ?? hashOf(path, text)] as const];
      }),
    ),
    update.toldIdf,
  );
  const isKnown = found.get(RECORD)?.replaceAll("\r\n", "\n") === record;
  return isKnown ? written : [...written, { path: RECORD, text: record }];
}
