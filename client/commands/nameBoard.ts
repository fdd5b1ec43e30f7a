import * as vscode from "vscode";
import { commands } from "../../protocol/commands";
import { foundOn } from "../boards/found";
import { nameFault } from "../boards/names";
import type { Command } from "./command";

/** Gives a board a name of the user's own, which it keeps on every port. */
export const nameBoard: Command = {
  id: commands.nameBoard,
  needsTrust: false,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Name Which Board?", argument);
    if (path === undefined) return;
    const { lab, memory } = boards;
    const { mac, chip } = (await foundOn(boards, path)).identity;
    const name = await vscode.window.showInputBox({
      title: `Name of the Board ${chip.name} ${mac}`,
      prompt: "An empty name takes the name away.",
      value: memory.names()[mac] ?? "",
      validateInput: (text) => nameFault(memory.names(), mac, text),
    });
    if (name === undefined) return;
    await memory.rename(mac, name);
    lab.changed();
  },
};
