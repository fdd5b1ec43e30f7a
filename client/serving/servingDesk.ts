import * as vscode from "vscode";
import { contextKeys } from "../../protocol/commands";
import { loadOtaServing } from "../otaServer";
import type { BoardsTree } from "../views/boardsView";
import { type DevicesView, devicesView } from "../views/devicesView";
import { servedPanel } from "./servedPanel";
import { type Serving, serving } from "./serving";
import { servingItem } from "./statusItem";

/** Everything that commands need to serve. */
export interface ServingDesk extends vscode.Disposable, Pick<DevicesView, "items"> {
  readonly serving: Serving;
  readonly secrets: vscode.SecretStorage;
  /** Where the certificate authority is kept. */
  readonly storage: vscode.Uri;
  /** Shows the addresses of what is served; nothing where nothing is. */
  showServed(): Promise<void>;
  stop(): Promise<void>;
}

export function servingDesk(
  { secrets, globalStorageUri: storage }: vscode.ExtensionContext,
  tree: BoardsTree,
  nameOf: (mac: string) => string | undefined,
  log: vscode.LogOutputChannel,
): ServingDesk {
  const server = serving({ load: loadOtaServing, now: Date.now, log: (line) => log.info(line) });
  const view = devicesView(tree, server, nameOf);
  const panel = servedPanel();
  const item = servingItem(server);
  const tell = (key: string, value: boolean) => vscode.commands.executeCommand("setContext", key, value);
  const stopTelling = server.onChange(() => {
    void tell(contextKeys.serving, server.current() !== undefined);
    void tell(contextKeys.served, server.current() !== undefined || server.devices().length > 0);
  });
  return {
    serving: server,
    secrets,
    storage,
    items: view.items,
    async showServed() {
      const served = server.current();
      if (served) panel.show(served, (await loadOtaServing()).qrSvg);
    },
    async stop() {
      panel.close();
      await server.stop();
    },
    dispose() {
      stopTelling();
      void server.stop();
      vscode.Disposable.from(view, panel, item).dispose();
    },
  };
}
