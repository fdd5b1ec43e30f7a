import * as vscode from "vscode";
import { logJson, logText } from "../../core/delivery/exportLog";
import { commands } from "../../protocol/commands";
import { Refusal } from "../refusal";
import { nameOf } from "../table";
import type { Command } from "./command";

/** Saves what every device did: for people as a text, for programs as JSON. */
export const saveDeviceLog: Command = {
  id: commands.saveDeviceLog,
  needsTrust: true,
  async run({ devices: { serving } }) {
    const devices = serving.devices();
    if (devices.length === 0) throw new Refusal("No device was seen yet, so there is no log.");
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/");
    const target = await vscode.window.showSaveDialog({
      title: "Save Device Log",
      defaultUri: vscode.Uri.joinPath(folder, "devices.log"),
      filters: { Text: ["log", "txt"], JSON: ["json"] },
    });
    if (!target) return;
    const stamp = (at: number): string => new Date(at).toISOString();
    const served = serving
      .current()
      ?.images.map(({ path, name, sha256 }) => `${path}: ${name}, SHA-256 ${sha256}`);
    const frame = { served: served ?? [], now: Date.now(), stamp };
    const text = (target.path.endsWith(".json") ? logJson : logText)(devices, frame);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    const open = "Open";
    const said = `The log of ${devices.length === 1 ? "one device" : `${devices.length} devices`} was saved as ${nameOf(target)}.`;
    if ((await vscode.window.showInformationMessage(said, open)) === open)
      await vscode.commands.executeCommand("vscode.open", target);
  },
};
