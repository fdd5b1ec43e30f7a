import * as vscode from "vscode";
import { dirname, isSamePath } from "../../core/project/paths";
import { workspaceEditOf } from "../ranges";
import { nameOf } from "../table";
import type { LayoutDocument } from "./ports";
import { watchedFolder } from "./watchedFiles";

/** The document of a text editor, whose file may be locked and unlocked meanwhile. */
export interface EditedDocument extends LayoutDocument {
  /** Asks again whether the file can be written. */
  askLocked(): Promise<void>;
}

/** A document as the layout changes it: nothing is saved, and one undo takes a change back. */
export async function layoutDocument(document: vscode.TextDocument): Promise<EditedDocument> {
  const { uri } = document;
  let isLocked = !(await isWritable(uri));
  return {
    title: nameOf(uri),
    get locked() {
      return isLocked ? `${nameOf(uri)} cannot be written, so it is only shown.` : undefined;
    },
    async askLocked() {
      isLocked = !(await isWritable(uri));
    },
    get version() {
      return document.version;
    },
    text: () => document.getText(),
    // The editor refuses the edit itself where the text is no longer the one that the positions belong to.
    apply: async (edits) => vscode.workspace.applyEdit(workspaceEditOf(document, edits)),
  };
}

/** Tells when the file of a document was written, or changed in any way on the disk. */
export function fileEvents({ uri }: vscode.TextDocument, happened: () => void): vscode.Disposable {
  const look = (other: vscode.Uri): void => {
    if (isSamePath(other.toString(), uri.toString())) happened();
  };
  const saves = vscode.workspace.onDidSaveTextDocument((saved) => look(saved.uri));
  return uri.scheme === "file"
    ? vscode.Disposable.from(saves, watchedFolder(dirname(uri.toString()), look))
    : saves;
}

/** Earlier versions of a file, as source control shows them, lie in a file system that cannot be written. */
async function isWritable(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === "untitled") return true;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return false;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) === 0;
  } catch {
    // A file that is gone can be written again.
    return true;
  }
}
