import { join } from "../../core/project/paths";
import type { PreparedScaffold } from "../../core/scaffold/prepare";
import { filesToWrite } from "../../core/scaffold/update";
import { Stop } from "../board/stop";
import type { Io, NewFile } from "../io";
import { relativePath } from "../surroundings";

/** Links may lead where a path does not tell: nothing outside of the project is written, and nothing that was read. */
export function refuseLinks({ scaffold, folder, inputs }: PreparedScaffold, io: Io): void {
  for (const { path } of scaffold.files) {
    const file = join(folder, path);
    const shown = relativePath(file, io);
    if (!io.landsInside(folder, file))
      throw new Stop(2, `'${shown}' is a symbolic link that leads out of its project. Nothing was written.`);
    const input = inputs.find((one) => io.isSameFile(one, file));
    if (input !== undefined)
      throw new Stop(
        2,
        `'${shown}' is the same file as '${relativePath(input, io)}', from which it is made. Nothing was written.`,
      );
  }
}

/** What is to be written, with the manifest where it does not name the header yet. */
export function newFiles(
  { folder, update, found, manifest }: PreparedScaffold,
  manifestPath: string,
  force: boolean,
  io: Io,
): readonly NewFile[] {
  const files = filesToWrite(update, found, force ? ["changed", "own"] : []).map(({ path, text }) => ({
    path: join(folder, path),
    text,
  }));
  return [...files, ...(manifest === undefined ? [] : [{ path: manifestPath, text: manifest }])].map(
    ({ path, text }) => ({ path: relativePath(path, io), bytes: new TextEncoder().encode(text) }),
  );
}
