import type * as vscode from "vscode";
import type { CommandId } from "../protocol/commands";
import { type BoardDesk, boardDesk } from "./boards/boardDesk";
import { commandList } from "./commands/index";
import { type LayoutEditor, layoutEditor } from "./editor/layoutEditor";
import { startLanguageClient } from "./languageClient";
import { createLog } from "./log";
import { type PlanPanels, planPanels } from "./migration/planPanels";
import { runSafely } from "./safely";
import { type ServingDesk, servingDesk } from "./serving/servingDesk";
import { type SimulationPanels, simulationPanels } from "./simulation/simulationPanels";
import { createStatusItem } from "./statusItem";
import type { BoardsTree } from "./views/boardsView";

/** Everything that lives from the first partition table to the end of the window. */
export interface Session {
  readonly showLayout: LayoutEditor;
  readonly boardItems: BoardDesk["items"];
  readonly deviceItems: ServingDesk["items"];
  run(id: CommandId, argument: unknown): Promise<void>;
}

/** What a command may use. */
export interface CommandContext {
  readonly log: vscode.LogOutputChannel;
  /** The extension's own version, for what is written into exported files. */
  readonly version: string;
  /** Where the extension is installed. */
  readonly extensionUri: vscode.Uri;
  readonly restartServer: () => Promise<void>;
  readonly boards: BoardDesk;
  readonly devices: ServingDesk;
  readonly plans: PlanPanels;
  readonly simulations: SimulationPanels;
}

/** Commands do not need the language server, so nobody waits for it here. */
export function startSession(
  extension: vscode.ExtensionContext,
  trees: { readonly boards: BoardsTree; readonly devices: BoardsTree },
): Session {
  const log = createLog();
  const status = createStatusItem();
  const client = startLanguageClient(extension, log, status.show);
  const boards = boardDesk(extension, trees.boards, log);
  const devices = servingDesk(extension, trees.devices, (mac) => boards.memory.names()[mac], log);
  const version = String(extension.extension.packageJSON.version);
  const plans = planPanels(version, log);
  const simulations = simulationPanels({ extensionUri: extension.extensionUri, client, plans, log });
  extension.subscriptions.push(log, status, client, boards, devices, plans, simulations);
  const context: CommandContext = {
    log,
    version,
    extensionUri: extension.extensionUri,
    restartServer: client.restart,
    boards,
    devices,
    plans,
    simulations,
  };
  return {
    showLayout: layoutEditor(extension.extensionUri, log),
    boardItems: boards.items,
    deviceItems: devices.items,
    run: (id, argument) => runSafely(commandList[id], context, argument),
  };
}
