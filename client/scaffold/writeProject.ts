import * as vscode from "vscode";
import { Refusal } from "../safely";
import { nameOf } from "../table";
import { readFile } from "../workspaceFiles";
import { writeShown } from "../writeShown";

/** A file that is to be written as a whole. */
export interface ProjectFile {
  readonly uri: vscode.Uri;
  readonly text: string;
}

/** Writes all files or none: where one cannot be written, those before it become again what they were. */
export async function writeProject(files: readonly ProjectFile[]): Promise<void> {
  for (const { uri } of files) refuseUnsaved(uri);
  const written: { readonly uri: vscode.Uri; readonly before: Uint8Array | undefined }[] = [];
  try {
    for (const { uri, text } of files) {
      const before = await readFile(uri);
      written.push({ uri, before });
      await writeShown(uri, before, new TextEncoder().encode(text));
    }
  } catch (error) {
    for (const { uri, before } of written.toReversed()) await putBack(uri, before);
    throw new Refusal(`Nothing was written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** As far as possible: what could not be written may not be there. */
async function putBack(uri: vscode.Uri, before: Uint8Array | undefined): Promise<void> {
  try {
    if (before) await vscode.workspace.fs.writeFile(uri, before);
    else await vscode.workspace.fs.delete(uri);
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
  }
}

function refuseUnsaved(uri: vscode.Uri): void {
  const shown = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (shown?.isDirty)
    throw new Refusal(
      `${nameOf(uri)} has unsaved changes, so nothing was written. Save or revert it first.`,
      {
        title: "Open File",
        run: () => vscode.window.showTextDocument(uri),
      },
    );
}
