import * as vscode from "vscode";
import { commands } from "../../protocol/commands";
import { portOfArgument } from "../boards/chooseBoards";
import { Refusal } from "../refusal";
import type { Command } from "./command";

/** Does a job again that ended before its end: what is on the board already is not sent twice. */
export const resumeFlashing: Command = {
  id: commands.resumeFlashing,
  needsTrust: true,
  async run({ boards }, argument) {
    const path = portOfArgument(argument);
    const open = boards.flashing.unfinished().filter((plan) => path === undefined || plan.path === path);
    if (open.length === 0)
      throw new Refusal(
        "No job was left unfinished in this window. Run the command again that you want finished: what is on the board already is not sent twice.",
      );
    const items = open.map((plan) => ({ label: plan.board, description: plan.prepared.job.title, plan }));
    const chosen =
      items.length === 1
        ? items[0]
        : await vscode.window.showQuickPick(items, { title: "Resume Which Job?" });
    if (chosen) await boards.flashing.resume(chosen.plan);
  },
};
