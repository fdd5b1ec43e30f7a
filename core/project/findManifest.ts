import { isTableName, MANIFEST_NAME } from "./fileNames";
import { type MigrationManifest, parseManifest } from "./manifest";
import { basename, dirname, isInside, isSamePath, join, resolveInside } from "./paths";

/** The text of a file; undefined when there is none that can be read. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** The manifest of a table. */
export interface FoundManifest extends NamedFiles {
  readonly manifestPath: string;
  readonly manifest: MigrationManifest;
  readonly role: "target" | "source";
}

/** Looks for a manifest that says something of a table, from its folder up to `root`. */
export async function findManifest(
  csv: string,
  root: string,
  readText: ReadText,
): Promise<FoundManifest | undefined> {
  for (let folder = dirname(csv); ; folder = dirname(folder)) {
    const manifestPath = join(folder, MANIFEST_NAME);
    const text = await readText(manifestPath);
    const manifest = text === undefined ? undefined : parseManifest(text).manifest;
    const role = manifest && roleOf(csv, folder, manifest);
    if (manifest && role) return { manifestPath, manifest, role, ...filesOf(manifest, role, folder, root) };
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

/** Where the binary and the header lie, there or not; undefined when no path or one that leaves the root is given. */
interface NamedFiles {
  readonly micropythonPath: string | undefined;
  readonly headerPath: string | undefined;
}

/** The binary and the header belong to the target table only: the source table never holds MicroPython. */
function filesOf(
  { target }: MigrationManifest,
  role: FoundManifest["role"],
  folder: string,
  root: string,
): NamedFiles {
  const resolved = (path: string | undefined) =>
    path === undefined || role !== "target" ? undefined : resolveInside(root, folder, path);
  return { micropythonPath: resolved(target?.micropython), headerPath: resolved(target?.header) };
}
