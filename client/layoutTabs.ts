import * as vscode from "vscode";
import type { Span } from "../core/text/span";
import { layoutViewType } from "../protocol/commands";
import { rangeOf } from "./ranges";

/** The table of the layout that is in front, where one is. */
export function activeLayout(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return isLayout(input) ? input.uri : undefined;
}

/**
 * Shows the flash of a table: where it is shown already, else beside its text when that is in front, so that both are
 * seen, else as any other file is opened.
 */
export async function showLayout(table: vscode.Uri): Promise<void> {
  const isTextInFront = vscode.window.activeTextEditor?.document.uri.toString() === table.toString();
  const viewColumn =
    columnOf((input) => isLayout(input) && isSame(input.uri, table)) ??
    (isTextInFront ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
  await vscode.commands.executeCommand("vscode.openWith", table, layoutViewType, {
    viewColumn,
    preview: false,
  });
}

/** Shows the text of a table: where it is shown already, else beside what is in front. */
export async function showText(table: vscode.Uri, at?: Span): Promise<void> {
  const document = await vscode.workspace.openTextDocument(table);
  const isText = (input: unknown) => input instanceof vscode.TabInputText && isSame(input.uri, table);
  await vscode.window.showTextDocument(document, {
    viewColumn: columnOf(isText) ?? vscode.ViewColumn.Beside,
    ...(at ? { selection: rangeOf(document, at) } : {}),
  });
}

const columnOf = (isWanted: (input: unknown) => boolean): vscode.ViewColumn | undefined =>
  vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => isWanted(input)))?.viewColumn;

const isLayout = (input: unknown): input is vscode.TabInputCustom =>
  input instanceof vscode.TabInputCustom && input.viewType === layoutViewType;

const isSame = (a: vscode.Uri, b: vscode.Uri): boolean => a.toString() === b.toString();
