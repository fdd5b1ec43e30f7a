import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { commands } from "../protocol/commands";
import {
  type InitializationOptions,
  languageId,
  type SurroundingsParams,
  surroundingsMethod,
} from "../protocol/lsp";
import type { SimulatingClient } from "./simulation/simulator";

export interface RunningClient extends vscode.Disposable, SimulatingClient {
  restart(): Promise<void>;
}

/** Starts the language server in a process of its own; a failure is told by the client and in the log. */
export function startLanguageClient(
  extension: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  onSurroundings: (params: SurroundingsParams) => void,
): RunningClient {
  const module = vscode.Uri.joinPath(extension.extensionUri, "dist/server/main.js").fsPath;
  const initializationOptions: InitializationOptions = {
    commands: Object.values(commands),
    surroundings: true,
  };
  const client = new LanguageClient(
    "crossflash",
    "Crossflash Language Server",
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [
        { language: languageId, scheme: "file" },
        { language: languageId, scheme: "untitled" },
        { pattern: "**/crossflash.json", scheme: "file" },
      ],
      outputChannel: log,
      initializationOptions,
      diagnosticPullOptions: { onChange: true, onSave: true },
    },
  );
  client.onNotification(surroundingsMethod, onSurroundings);
  client.start().catch((error: unknown) => log.error("The language server did not start:", error));
  return {
    restart: () => client.restart(),
    sendRequest: client.sendRequest.bind(client),
    onProgress: client.onProgress.bind(client),
    dispose: () => void client.dispose(),
  };
}
