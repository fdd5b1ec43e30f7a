import type * as vscode from "vscode";
import type { CommandId } from "../protocol/commands";
import { commandList } from "./commands/index";
import { type LayoutEditor, layoutEditor } from "./editor/layoutEditor";
import { startLanguageClient } from "./languageClient";
import { createLog } from "./log";
import { runSafely } from "./safely";
import { createStatusItem } from "./statusItem";

/** Everything that lives from the first partition table to the end of the window. */
export interface Session {
  readonly showLayout: LayoutEditor;
  run(id: CommandId, argument: unknown): Promise<void>;
}

/** What a command may use. */
export interface CommandContext {
  readonly log: vscode.LogOutputChannel;
  /** The extension's own version, for what is written into exported files. */
  readonly version: string;
  readonly restartServer: () => Promise<void>;
}

/** Commands do not need the language server, so nobody waits for it here. */
export function startSession(extension: vscode.ExtensionContext): Session {
  const log = createLog();
  const status = createStatusItem();
  const client = startLanguageClient(extension, log, status.show);
  extension.subscriptions.push(log, status, client);
  const context: CommandContext = {
    log,
    version: String(extension.extension.packageJSON.version),
    restartServer: client.restart,
  };
  return {
    showLayout: layoutEditor(extension.extensionUri, log),
    run: (id, argument) => runSafely(commandList[id], context, argument),
  };
}
