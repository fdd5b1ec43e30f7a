import * as vscode from "vscode";
import { addressText } from "../../core/delivery/address";
import { commands } from "../../protocol/commands";
import type { Serving } from "./serving";

/** While images are served the status bar says so, in every window that does. */
export function servingItem(serving: Serving): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("crossflash.serving", vscode.StatusBarAlignment.Left, 0);
  item.name = "Crossflash: OTA Images";
  item.command = commands.showServed;
  const show = (): void => {
    const served = serving.current();
    if (!served) {
      item.hide();
      return;
    }
    const address = addressText(served.server);
    item.text = "$(broadcast) OTA images";
    item.tooltip = `OTA images are served at ${address}.`;
    item.accessibilityInformation = { label: `OTA images are served at ${address}` };
    item.show();
  };
  const stop = serving.onChange(show);
  return {
    dispose() {
      stop();
      item.dispose();
    },
  };
}
