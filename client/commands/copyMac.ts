import * as vscode from "vscode";
import { commands } from "../../protocol/commands";
import { foundOn } from "../boards/found";
import type { Command } from "./command";

/** Puts the MAC of a board into the clipboard. */
export const copyMac: Command = {
  id: commands.copyMac,
  needsTrust: false,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Copy the MAC of Which Board?", argument);
    if (path === undefined) return;
    const { mac } = (await foundOn(boards, path)).identity;
    await vscode.env.clipboard.writeText(mac);
    void vscode.window.setStatusBarMessage(`Copied ${mac}`, 5000);
  },
};
