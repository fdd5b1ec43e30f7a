import * as vscode from "vscode";
import { boardsViewId, commands, devicesViewId, layoutViewType } from "../protocol/commands";
import { languageId } from "../protocol/lsp";
import type { Session } from "./session";

/**
 * The entry is loaded by every window that shows a partition table or runs a command, so it holds stubs only.
 * The language client and the commands come with the first use.
 */
export function activate(context: vscode.ExtensionContext): void {
  let session: Promise<Session> | undefined;
  const start = (): Promise<Session> => {
    session ??= import("./session.js").then(({ startSession }) => startSession(context, { boards, devices }));
    return session;
  };
  const boards = treeOf(context, boardsViewId, async (item) => (await start()).boardItems(item));
  const devices = treeOf(context, devicesViewId, async (item) => (await start()).deviceItems(item));
  for (const id of Object.values(commands)) {
    const run = async (argument: unknown) => (await start()).run(id, argument);
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  const layout: vscode.CustomTextEditorProvider = {
    resolveCustomTextEditor: async (document, panel) => (await start()).showLayout(document, panel),
  };
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider(layoutViewType, layout, {
      supportsMultipleEditorsPerDocument: true,
      webviewOptions: { retainContextWhenHidden: false },
    }),
  );
  const startFor = (document: vscode.TextDocument): void => {
    if (isOurs(document)) void start();
  };
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(startFor));
  vscode.workspace.textDocuments.forEach(startFor);
}

/** A view that is there before anything is loaded that could fill it. */
function treeOf(
  context: vscode.ExtensionContext,
  id: string,
  getChildren: (item: vscode.TreeItem | undefined) => Promise<vscode.TreeItem[]>,
) {
  const changed = new vscode.EventEmitter<vscode.TreeItem | undefined>();
  const treeDataProvider = { onDidChangeTreeData: changed.event, getTreeItem: same, getChildren };
  const view = vscode.window.createTreeView<vscode.TreeItem>(id, { treeDataProvider });
  context.subscriptions.push(view, changed);
  return { view, refresh: changed.fire.bind(changed) };
}

const same = (item: vscode.TreeItem): vscode.TreeItem => item;

const isOurs = ({ languageId: id, uri }: vscode.TextDocument): boolean =>
  id === languageId || uri.path.endsWith("/crossflash.json");
