import * as vscode from "vscode";
import type { BoardPorts } from "../../device/ports";
import { contextKeys } from "../../protocol/commands";
import { type Device, loadDevice } from "../device";
import { type BoardsTree, type BoardsView, boardsView } from "../views/boardsView";
import { type BoardLogs, boardLogs } from "./boardLogs";
import { chooseBoard, chooseBoards } from "./chooseBoards";
import { type Flashing, flashing } from "./flashing";
import { flashWindow } from "./flashWindow";
import { boardLab, type Lab } from "./lab";
import { type BoardMemory, boardMemory } from "./memory";
import { type Monitors, monitors } from "./monitors";
import { type ShownTexts, shownTexts } from "./shownTexts";

/** Everything that commands need to work with boards. */
export interface BoardDesk extends vscode.Disposable, Pick<BoardsView, "items"> {
  readonly lab: Lab;
  readonly flashing: Flashing;
  readonly memory: BoardMemory;
  readonly logs: BoardLogs;
  readonly texts: ShownTexts;
  readonly monitors: Monitors;
  device(): Promise<Device>;
  /** The ports of this window, with the virtual boards behind them. */
  ports(): Promise<BoardPorts>;
  /** The port of the item that the command was run on, or one that the user chooses. */
  chooseOne(title: string, argument: unknown): Promise<string | undefined>;
  /** The same for several; none where the user means none. */
  chooseSome(title: string, argument: unknown): Promise<readonly string[]>;
}

export function boardDesk(
  extension: vscode.ExtensionContext,
  tree: BoardsTree,
  log: vscode.LogOutputChannel,
): BoardDesk {
  const memory = boardMemory(extension.globalState);
  const nameOf = (mac: string): string | undefined => memory.names()[mac];
  const logs = boardLogs(nameOf);
  const texts = shownTexts();
  let known: Promise<BoardPorts> | undefined;
  const ports = (): Promise<BoardPorts> => {
    const options = { stateFolder: extension.globalStorageUri.fsPath };
    known ??= loadDevice().then(({ boardPorts }) => boardPorts(options));
    return known;
  };
  const lab = boardLab({
    device: loadDevice,
    ports,
    baudRate: () => vscode.workspace.getConfiguration("crossflash").get("boards.baudRate", 921600),
    nameOf,
  });
  const flasher = flashing(lab, flashWindow(logs, texts), loadDevice);
  const listening = monitors(lab, loadDevice, ports);
  const isUnfinished = (mac: string): boolean =>
    flasher.unfinished().some(({ prepared }) => prepared.identity.mac === mac);
  const view = boardsView(
    tree,
    lab,
    ({ port, identity }) => ({
      isUnfinished: identity !== undefined && isUnfinished(identity.mac),
      isMonitored: listening.paths().includes(port.path),
    }),
    log,
  );
  // Commands that need one of these are offered only where there is one.
  const tellUnfinished = contextKey(contextKeys.unfinished);
  const tellMonitored = contextKey(contextKeys.monitored);
  const stopTelling = lab.onChange(() => {
    tellUnfinished(flasher.unfinished().length > 0);
    tellMonitored(listening.paths().length > 0);
  });
  return {
    lab,
    memory,
    logs,
    texts,
    monitors: listening,
    flashing: flasher,
    device: loadDevice,
    ports,
    items: view.items,
    chooseOne: (title, argument) => chooseBoard(title, argument, lab, memory),
    chooseSome: (title, argument) => chooseBoards(title, argument, lab, memory),
    dispose() {
      stopTelling();
      vscode.Disposable.from(listening, view, logs, texts).dispose();
    },
  };
}

/** Tells the editor when it changes, and not at each percent of a job. */
function contextKey(key: string): (value: boolean) => void {
  let told = false;
  return (value) => {
    if (value !== told) void vscode.commands.executeCommand("setContext", key, value);
    told = value;
  };
}
