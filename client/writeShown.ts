import * as vscode from "vscode";
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

async function editShown(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const { start, end, newText } = changedPart(before, after);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
  const done = (await vscode.workspace.applyEdit(edit)) && (await document.save());
  if (!done) throw new Refusal(`${nameOf(document.uri)} could not be saved.`);
}

/** The text between what both texts begin with and what both end with. */
export function changedPart(before: string, after: string): { start: number; end: number; newText: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let behind = 0;
  while (behind < shorter - start && before.at(-1 - behind) === after.at(-1 - behind)) behind++;
  return { start, end: before.length - behind, newText: after.slice(start, after.length - behind) };
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
