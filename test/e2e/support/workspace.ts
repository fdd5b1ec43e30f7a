import { cp, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { repository } from "../../../scripts/vscode/install.mjs";

/** A copy of a folder of this repository that a test may change as it likes. Paths are relative to it. */
export interface Workspace {
  /** The copy, absolute. */
  readonly folder: string;
  bytes(path: string): Promise<Buffer>;
  /** The file as text; the empty text while there is none. */
  text(path: string): Promise<string>;
  /** Changes a file behind the editor's back; its folder may be new. */
  write(path: string, content: string | Uint8Array): Promise<void>;
}

/** Copies a folder, named from the root of this repository, to a place of its own in `into`. */
export async function copyWorkspace(from: string, into: string): Promise<Workspace> {
  const folder = await mkdtemp(join(into, "workspace-"));
  await cp(join(repository, from), folder, { recursive: true });
  return {
    folder,
    bytes: (path) => readFile(join(folder, path)),
    text: (path) => readFile(join(folder, path), "utf8").catch(() => ""),
    async write(path, content) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    },
  };
}
