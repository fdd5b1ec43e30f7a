import * as vscode from "vscode";
import { changesBetween } from "../core/text/changes";
import { workspaceEditOf } from "./ranges";
import { Refusal } from "./safely";
import { nameOf } from "./table";

/**
 * Writes a file that an editor may show. An open one is edited and saved, so that undo brings the old text back;
 * otherwise, and where the editor's text is not the file's (mixed line ends, another encoding), the bytes are written.
 */
export async function writeShown(
  uri: vscode.Uri,
  existing: Uint8Array | undefined,
  bytes: Uint8Array,
): Promise<void> {
  const shown = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (shown?.isDirty) {
    throw new Refusal(
      `${nameOf(uri)} has unsaved changes, so nothing was exported. Save or revert it first.`,
      {
        title: "Open Header",
        run: () => vscode.window.showTextDocument(uri),
      },
    );
  }
  const before = existing && utf8(existing);
  const after = utf8(bytes);
  if (shown && before !== undefined && after !== undefined && shown.getText() === before) {
    await editShown(shown, before, after);
  } else {
    await vscode.workspace.fs.writeFile(uri, bytes);
  }
}

/** Changes only what differs, so that cursors and folds stay where they are. */
export async function editShown(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const edit = workspaceEditOf(document, changesBetween(before, after));
  const done = (await vscode.workspace.applyEdit(edit)) && (await document.save());
  if (!done) throw new Refusal(`${nameOf(document.uri)} could not be saved.`);
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
