import * as vscode from "vscode";
import { type Backup, parseBackup } from "../../core/job/backup";
import { decodeText } from "../../core/text/decode";
import { readFile } from "../workspaceFiles";

/** A backup on the disk, as its manifest tells it. */
export interface FoundBackup {
  readonly folder: vscode.Uri;
  readonly backup: Backup;
}

export const MANIFEST = "backup.json";

/** All backups of the workspace whose manifest can be read, in the order of their paths. */
export async function workspaceBackups(): Promise<FoundBackup[]> {
  const found = await vscode.workspace.findFiles(`**/${MANIFEST}`, "**/node_modules/**", 200);
  const read = await Promise.all(found.map((uri) => backupAt(vscode.Uri.joinPath(uri, ".."))));
  return read.flatMap((one) => one ?? []).toSorted((a, b) => a.folder.path.localeCompare(b.folder.path));
}

/** The backup in a folder, where there is one. */
export async function backupAt(folder: vscode.Uri): Promise<FoundBackup | undefined> {
  const bytes = await readFile(vscode.Uri.joinPath(folder, MANIFEST));
  const text = bytes && decodeText(bytes);
  const backup = text?.ok ? parseBackup(text.value) : undefined;
  return backup?.ok ? { folder, backup: backup.value } : undefined;
}

export async function chooseFolder(title: string): Promise<vscode.Uri | undefined> {
  const options = { title, canSelectFiles: false, canSelectFolders: true, openLabel: "Choose Folder" };
  return (await vscode.window.showOpenDialog(options))?.[0];
}
