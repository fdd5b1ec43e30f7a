import * as vscode from "vscode";
import { binaryWriter } from "../../core/export/index";
import { commands } from "../../protocol/commands";
import { chooseTable } from "../chooseTable";
import { Refusal } from "../safely";
import { folderOf, nameOf, refuseChanged, refuseErrors, savedTable } from "../table";
import type { Command } from "./command";

/** Saves the binary table that `gen_esp32part.py` would make. */
export const exportBinary: Command = {
  id: commands.exportBinary,
  needsTrust: true,
  async run({ version }, argument) {
    const uri = await chooseTable(argument);
    if (!uri) return;
    const table = await savedTable(uri);
    refuseErrors(table);
    const written = binaryWriter.write(table.analysis, { csvName: nameOf(uri), toolVersion: version });
    if (!written.ok) throw new Refusal(written.message);
    const target = await vscode.window.showSaveDialog({
      title: "Export Partition Table Binary",
      defaultUri: vscode.Uri.joinPath(folderOf(uri), binaryWriter.fileName),
      filters: { "Partition table binary": ["bin"] },
    });
    if (!target) return;
    await refuseChanged(table);
    await vscode.workspace.fs.writeFile(target, written.value.bytes);
    void vscode.window.showInformationMessage(`The table was exported to ${nameOf(target)}.`);
  },
};
