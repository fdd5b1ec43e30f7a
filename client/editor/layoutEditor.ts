import * as vscode from "vscode";
import { commands } from "../../protocol/commands";
import { showText } from "../layoutTabs";
import { safely } from "../safely";
import { nameOf } from "../table";
import { fileEvents, layoutDocument } from "./layoutDocument";
import { type LayoutSession, layoutSession } from "./layoutSession";
import { freshNonce, pageHtml } from "./page";
import type { FixAction, LayoutWindow, Panel } from "./ports";
import { answerRequest } from "./requests";
import { shared } from "./shared";
import { followFacts } from "./surroundings";
import { type TextCursor, textCursor } from "./textCursor";

/** Shows a table in a panel, as `resolveCustomTextEditor` has it. */
export type LayoutEditor = (document: vscode.TextDocument, panel: vscode.WebviewPanel) => Promise<void>;

/** All panels of one document share it. */
interface OpenSession extends vscode.Disposable {
  readonly session: LayoutSession;
}

export function layoutEditor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel): LayoutEditor {
  const assets = vscode.Uri.joinPath(extensionUri, "dist/webview");
  const open = shared((document: vscode.TextDocument) => openSession(document, log));
  return async (document, webviewPanel) => {
    const { webview } = webviewPanel;
    const { opened, end } = open(document);
    let isClosed = false;
    webviewPanel.onDidDispose(() => {
      isClosed = true;
      end();
    });
    const { session } = await opened;
    if (isClosed) return;
    const panel = panelOf(document, webviewPanel, log);
    webviewPanel.onDidDispose(() => session.close(panel));
    webviewPanel.onDidChangeViewState(() => session.lookAgain());
    webview.onDidReceiveMessage((message) => safely("layout", log, () => session.receive(panel, message)));
    webview.options = { enableScripts: true, localResourceRoots: [assets] };
    webview.html = htmlOf(webview, assets, nameOf(document.uri));
  };
}

async function openSession(
  document: vscode.TextDocument,
  log: vscode.LogOutputChannel,
): Promise<OpenSession> {
  const text = await layoutDocument(document);
  const followed = await followFacts(document, (facts) => session.factsChanged(facts), log);
  const cursor = textCursor(document, (offset) => session.cursorMoved(offset));
  const session = layoutSession(text, followed.facts, windowOf(document, cursor, log));
  const changes = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document) session.textChanged();
  });
  const locks = fileEvents(document, () => void text.askLocked().then(() => session.lookAgain()));
  return { session, dispose: () => vscode.Disposable.from(followed, cursor, changes, locks).dispose() };
}

const actionCommands = {
  "extract-app": commands.extractApp,
  "choose-micropython": commands.chooseMicroPython,
  "export-header": commands.exportHeader,
} as const satisfies Record<FixAction, string>;

const windowOf = (
  { uri }: vscode.TextDocument,
  { reveal }: TextCursor,
  log: vscode.LogOutputChannel,
): LayoutWindow => ({
  reveal,
  showText: (at) => void safely("showText", log, () => showText(uri, at)),
  runAction: (action) => void vscode.commands.executeCommand(actionCommands[action], { uri: uri.toString() }),
  log: (message) => log.warn(`${nameOf(uri)}: ${message}`),
});

function panelOf(
  { uri: table }: vscode.TextDocument,
  webviewPanel: vscode.WebviewPanel,
  log: vscode.LogOutputChannel,
): Panel {
  const panel: Panel = {
    get isVisible() {
      return webviewPanel.visible;
    },
    post: (message) => void webviewPanel.webview.postMessage(message),
    answer: (request, shown) =>
      void safely(request.name, log, () => answerRequest(request, { table, panel, shown })),
  };
  return panel;
}

function htmlOf(webview: vscode.Webview, assets: vscode.Uri, title: string): string {
  const addressOf = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(assets, file)).toString();
  return pageHtml({
    title: `Flash layout of ${title}`,
    nonce: freshNonce(),
    cspSource: webview.cspSource,
    scripts: [addressOf("main.js"), addressOf("toolkit.js")],
    style: addressOf("main.css"),
  });
}
