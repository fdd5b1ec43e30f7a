import * as vscode from "vscode";

/** The folders of `firmware/` that a project is made of. */
const FOLDERS = ["core", "port", "project"];

/** The sources of the repartitioner, which the build puts beside the bundles, by their paths in `firmware/`. */
export async function readTemplates(extensionUri: vscode.Uri): Promise<ReadonlyMap<string, string>> {
  const root = vscode.Uri.joinPath(extensionUri, "dist/firmware");
  const files = await Promise.all(
    FOLDERS.map(async (folder) => {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(root, folder));
      return entries.map(([name]) => `${folder}/${name}`).sort();
    }),
  );
  const texts = files.flat().map(async (path) => {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, path));
    return [path, new TextDecoder().decode(bytes)] as const;
  });
  return new Map(await Promise.all(texts));
}
