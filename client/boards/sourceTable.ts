import * as vscode from "vscode";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { parseManifest } from "../../core/project/manifest";
import { refuseUntrusted } from "../safely";
import { nameOf } from "../table";
import { readFile } from "../workspaceFiles";
import { writeSourcePath } from "../writeManifest";

/** Saves the text of a table where the user wants it, and makes it the source table of the manifest. */
export async function useAsSource(text: string): Promise<void> {
  refuseUntrusted();
  const manifest = await chooseManifest();
  // The dialog itself asks before a file is overwritten.
  const target = manifest && (await chooseTarget(manifest));
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  if (!(await writeSourcePath(manifest, target))) return;
  const open = "Open crossflash.json";
  const said = `${nameOf(target)} is now the source table of ${vscode.workspace.asRelativePath(manifest)}.`;
  if ((await vscode.window.showInformationMessage(said, open)) === open)
    await vscode.window.showTextDocument(manifest);
}

/** The manifest of the workspace; where there are several the user says which, and where there is none one is made. */
async function chooseManifest(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(`**/${MANIFEST_NAME}`, "**/node_modules/**", 50);
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (found.length === 0 && root) return vscode.Uri.joinPath(root, MANIFEST_NAME);
  if (found.length <= 1) return found[0];
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { title: "The Source Table of Which Manifest?" }))?.uri;
}

async function chooseTarget(manifest: vscode.Uri): Promise<vscode.Uri | undefined> {
  const text = new TextDecoder().decode(await readFile(manifest));
  const named = parseManifest(text).manifest.source?.table ?? "field-partitions.csv";
  return vscode.window.showSaveDialog({
    title: "Save the Source Table",
    defaultUri: vscode.Uri.joinPath(manifest, "..", named),
    filters: { "Partition table": ["csv"] },
  });
}
