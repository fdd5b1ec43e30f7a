import * as vscode from "vscode";
import { simulationViewType } from "../../protocol/commands";
import { freshNonce, pageHtml } from "../editor/page";
import type { PlanPanels } from "../migration/planPanels";
import { watchedProject } from "../migration/watchedProject";
import { safely } from "../safely";
import { simulationSession } from "./simulationSession";
import { type SimulatingClient, simulatorOf } from "./simulator";

/** The simulations that are shown, each in a tab of its own. */
export interface SimulationPanels extends vscode.Disposable {
  show(manifest: vscode.Uri): void;
}

export interface SimulationParts {
  readonly extensionUri: vscode.Uri;
  readonly client: SimulatingClient;
  readonly plans: PlanPanels;
  readonly log: vscode.LogOutputChannel;
}

export function simulationPanels(parts: SimulationParts): SimulationPanels {
  const open = new Map<string, vscode.WebviewPanel>();
  return {
    show(manifest) {
      const key = manifest.toString();
      const shown = open.get(key);
      if (shown) return shown.reveal();
      const panel = newPanel(manifest, parts);
      panel.onDidDispose(() => open.delete(key));
      open.set(key, panel);
    },
    dispose: () => vscode.Disposable.from(...open.values()).dispose(),
  };
}

function newPanel(
  manifest: vscode.Uri,
  { extensionUri, client, plans, log }: SimulationParts,
): vscode.WebviewPanel {
  const title = vscode.workspace.asRelativePath(manifest);
  const assets = vscode.Uri.joinPath(extensionUri, "dist/webview");
  const panel = vscode.window.createWebviewPanel(
    simulationViewType,
    `Simulated Migration: ${title}`,
    vscode.ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [assets], enableFindWidget: true },
  );
  const session = simulationSession(simulatorOf(client, manifest, log), {
    title,
    get isVisible() {
      return panel.visible;
    },
    post: (message) => void panel.webview.postMessage(message),
    showPlan: () => void safely("showPlan", log, () => plans.show(manifest)),
    showManifest: () =>
      void safely("showManifest", log, async () => {
        await vscode.window.showTextDocument(manifest, { preview: false });
      }),
    copy: (text) => void vscode.env.clipboard.writeText(text),
    log: (message) => log.warn(`${title}: ${message}`),
  });
  const watcher = watchedProject(manifest, session.filesChanged);
  panel.onDidDispose(() => {
    watcher.dispose();
    session.dispose();
  });
  panel.onDidChangeViewState(session.shown);
  panel.webview.onDidReceiveMessage(session.receive);
  panel.webview.html = htmlOf(panel.webview, assets, title);
  return panel;
}

function htmlOf(webview: vscode.Webview, assets: vscode.Uri, title: string): string {
  const addressOf = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(assets, file)).toString();
  return pageHtml({
    title: `Simulated migration of ${title}`,
    nonce: freshNonce(),
    cspSource: webview.cspSource,
    scripts: [addressOf("simulation.js"), addressOf("toolkit.js")],
    style: addressOf("simulation.css"),
  });
}
