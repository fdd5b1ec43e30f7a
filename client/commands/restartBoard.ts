import * as vscode from "vscode";
import { commands } from "../../protocol/commands";
import { portOfArgument } from "../boards/chooseBoards";
import { Refusal } from "../refusal";
import type { Command } from "./command";

/** Resets a board that is monitored, so that its first words are seen. */
export const restartBoard: Command = {
  id: commands.restartBoard,
  needsTrust: false,
  async run({ boards: { monitors } }, argument) {
    const paths = monitors.paths();
    const path = portOfArgument(argument) ?? (paths.length > 1 ? await choose(paths) : paths[0]);
    if (path !== undefined) monitors.restart(path);
    else if (paths.length === 0)
      throw new Refusal(
        "No board is being monitored. Use Monitor Board first, so that you see how it starts.",
      );
  },
};

const choose = (paths: readonly string[]) =>
  vscode.window.showQuickPick([...paths], { title: "Restart Which Board?" });
