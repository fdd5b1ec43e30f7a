import * as vscode from "vscode";
import { boardLines } from "../../core/job/boardLines";
import { printTable } from "../../core/table/print";
import { commands } from "../../protocol/commands";
import { languageId } from "../../protocol/lsp";
import { identified, tableOf } from "../boards/found";
import { calledIn } from "../boards/labels";
import { useAsSource } from "../boards/sourceTable";
import type { Command } from "./command";

/** Opens what is on a board: a report, and its table as a new CSV that can become the manifest's source table. */
export const readBoard: Command = {
  id: commands.readBoard,
  needsTrust: false,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Read Which Board?", argument);
    if (path === undefined) return;
    const found = await identified(boards, path);
    const shown = boards.lab.at(path);
    const name = shown ? calledIn(shown) : path;
    const report = [`Board: ${name} on ${path}`, "", ...boardLines(found.identity, found.state)];
    await boards.texts.show(`Board ${found.identity.mac}`, `${report.join("\n")}\n`);
    const content = printTable(tableOf(found).entries);
    const options = { viewColumn: vscode.ViewColumn.Beside };
    const document = await vscode.workspace.openTextDocument({ language: languageId, content });
    await vscode.window.showTextDocument(document, options);
    const use = "Use as Source Table";
    const said = `This is the table of ${name}. The source table of crossflash.json says what the devices have today.`;
    if ((await vscode.window.showInformationMessage(said, use)) === use)
      await useAsSource(document.getText());
  },
};
