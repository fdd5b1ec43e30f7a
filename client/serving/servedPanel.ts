import * as vscode from "vscode";
import { servedPage } from "./servedPage";
import type { Served } from "./serving";

/** Shows where devices find what is served, and a code that a phone can read. */
export interface ServedPanel extends vscode.Disposable {
  show(served: Served, qrSvg: (text: string) => string): void;
  close(): void;
}

export function servedPanel(): ServedPanel {
  let panel: vscode.WebviewPanel | undefined;
  return {
    show(served, qrSvg) {
      if (panel) panel.reveal();
      else {
        panel = vscode.window.createWebviewPanel(
          "crossflash.served",
          "OTA Images",
          vscode.ViewColumn.Active,
          {
            enableScripts: false,
            localResourceRoots: [],
          },
        );
        panel.onDidDispose(() => {
          panel = undefined;
        });
      }
      panel.webview.html = servedPage(served, qrSvg);
    },
    close: () => panel?.dispose(),
    dispose: () => panel?.dispose(),
  };
}
