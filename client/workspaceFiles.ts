import * as vscode from "vscode";
import { inspections } from "../core/project/inspections";
import type { Files } from "../core/project/surroundings";

/** Larger files are no ESP32 images: the largest flash has 128 MB. */
export const MAX_FILE = 128 * 1024 * 1024;

/** Reads a file; undefined when it is not there or is larger than anything Crossflash reads. */
export async function readFile(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  const stat = await statOf(uri);
  return stat && stat.size <= MAX_FILE ? orNothing(() => vscode.workspace.fs.readFile(uri)) : undefined;
}

const statOf = (uri: vscode.Uri): Promise<vscode.FileStat | undefined> =>
  orNothing(() => vscode.workspace.fs.stat(uri));

async function orNothing<T>(read: () => Thenable<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

/** What an open editor shows wins over the disk, as it does in the language server. */
async function readShown(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  const shown = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return shown?.isDirty ? new TextEncoder().encode(shown.getText()) : readFile(uri);
}

const inspect = inspections({
  read: (path) => readFile(vscode.Uri.parse(path)),
  stat: (path) => statOf(vscode.Uri.parse(path)),
});

/** The workspace as the core sees it; paths are URIs. */
export const workspaceFiles: Files = { read: (path) => readShown(vscode.Uri.parse(path)), inspect };

/** The same as it is on the disk, for what is named by its hash. */
export const savedFiles: Files = { read: (path) => readFile(vscode.Uri.parse(path)), inspect };
