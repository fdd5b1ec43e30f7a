import * as vscode from "vscode";
import { commands } from "../protocol/commands";
import { languageId, type SurroundingsParams } from "../protocol/lsp";

export interface StatusItem extends vscode.Disposable {
  /** Remembers what the server says of a table; shown while that table is in the active editor. */
  show(params: SurroundingsParams): void;
}

/** The binary of the active table and whether it fits, at the right of the status bar. */
export function createStatusItem(): StatusItem {
  const item = vscode.window.createStatusBarItem("crossflash.binary", vscode.StatusBarAlignment.Right, 100);
  item.name = "Crossflash: MicroPython Binary";
  const known = new Map<string, SurroundingsParams>();
  const update = (editor = vscode.window.activeTextEditor): void => {
    const params =
      editor?.document.languageId === languageId ? known.get(editor.document.uri.toString()) : undefined;
    if (params) fill(item, params);
    else item.hide();
  };
  const subscriptions = [
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString())),
  ];
  return {
    show: (params) => {
      known.set(params.uri, params);
      update();
    },
    dispose: () => vscode.Disposable.from(item, ...subscriptions).dispose(),
  };
}

function fill(item: vscode.StatusBarItem, { uri, role, micropython }: SurroundingsParams): void {
  if (role === "source") {
    item.text = "$(circuit-board) Source table";
    item.tooltip = "The table that the devices have today. MicroPython is checked against the target table.";
    item.command = undefined;
  } else {
    item.text = `$(circuit-board) ${micropython ? micropython.title : "Choose MicroPython"}${micropython?.fits === false ? " $(error)" : ""}`;
    item.tooltip = micropython
      ? `${micropython.name}: ${micropython.fit}`
      : "No MicroPython binary is chosen yet.";
    item.command = {
      command: commands.chooseMicroPython,
      title: "Choose MicroPython Binary…",
      arguments: [{ uri }],
    };
  }
  item.backgroundColor =
    micropython?.fits === false ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  item.accessibilityInformation = {
    label: `${item.text.replace(/\$\([^)]*\)/g, "")} ${String(item.tooltip)}`.trim(),
  };
  item.show();
}
