import * as vscode from "vscode";
import { writers } from "../../core/export/index";
import { commands } from "../../protocol/commands";
import { Refusal } from "../safely";
import {
  chooseTable,
  nameOf,
  type OpenTable,
  refuseChanged,
  refuseErrors,
  rootOf,
  savedTable,
} from "../table";
import { readFile } from "../workspaceFiles";
import { writeShown } from "../writeShown";
import type { Command } from "./command";

/** Writes the table into the project's `repartition.h`, or makes one. */
export const exportHeader: Command = {
  id: commands.exportHeader,
  needsTrust: true,
  async run({ version, log }, argument) {
    const uri = await chooseTable(argument);
    if (!uri) return;
    const table = await savedTable(uri);
    refuseErrors(table);
    const header = await chooseHeader(table);
    if (!header) return;
    const existing = await readFile(header);
    const written = headerWriter.write(table.analysis, {
      csvName: nameOf(uri),
      toolVersion: version,
      existing,
    });
    if (!written.ok) throw new Refusal(`${nameOf(header)} was not changed. ${written.message}`);
    const { bytes, unchanged, notes } = written.value;
    if (!unchanged) {
      await refuseChanged(table);
      await writeShown(header, existing, bytes);
    }
    log.info(`${unchanged ? "in sync" : "exported"}: ${uri.toString()} -> ${header.toString()}`);
    await tell(header, unchanged, notes);
  },
};

const headerWriter = writers.find(({ id }) => id === "header") ?? raise();

function raise(): never {
  throw new Error("The list of writers has no header.");
}

/** The manifest's header; else the one `repartition.h` of the project; else the user says where. */
async function chooseHeader({ document, surroundings }: OpenTable): Promise<vscode.Uri | undefined> {
  if (surroundings.headerPath !== undefined) return vscode.Uri.parse(surroundings.headerPath);
  const root = rootOf(document.uri);
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(root, "**/repartition.h"),
    undefined,
    20,
  );
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
    return (await vscode.window.showQuickPick(items, { title: "Export final_table to which header?" }))?.uri;
  }
  return vscode.window.showSaveDialog({
    title: "Export final_table to a New Header",
    defaultUri: vscode.Uri.joinPath(document.uri, "..", headerWriter.fileName),
    filters: { "C header": ["h"] },
  });
}

async function tell(header: vscode.Uri, unchanged: boolean, notes: readonly string[]): Promise<void> {
  const said = unchanged
    ? `${nameOf(header)} holds this table already.`
    : `The table was exported to ${nameOf(header)}.`;
  const open = "Open Header";
  const chosen = await vscode.window.showInformationMessage([said, ...notes].join(" "), open);
  if (chosen === open) await vscode.window.showTextDocument(header);
}
