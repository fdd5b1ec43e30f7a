import * as vscode from "vscode";
import { headerWriter } from "../../core/export/index";
import { commands } from "../../protocol/commands";
import { chooseTable } from "../chooseTable";
import { Refusal } from "../safely";
import { nameOf, type OpenTable, refuseChanged, refuseErrors, refuseUntitled, savedTable } from "../table";
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
    refuseUntitled(uri);
    const table = await savedTable(uri);
    refuseSource(table);
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

/** The repartitioner would write the old table again. */
function refuseSource({ document, surroundings }: OpenTable): void {
  if (surroundings.role !== "source") return;
  const target = surroundings.manifest?.target?.table ?? "the target table";
  throw new Refusal(
    `${nameOf(document.uri)} is the table that the devices have today, so it was not exported. Export ${target}.`,
  );
}

/**
 * The manifest's header. Without a manifest in the workspace, the only `repartition.h` below the table; otherwise the
 * user says which, because a header may belong to another table.
 */
async function chooseHeader({ document, surroundings }: OpenTable): Promise<vscode.Uri | undefined> {
  if (surroundings.headerPath !== undefined) return vscode.Uri.parse(surroundings.headerPath);
  const folder = vscode.Uri.joinPath(document.uri, "..");
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, "**/repartition.h"),
    null,
    20,
  );
  const manifests = await vscode.workspace.findFiles("**/crossflash.json", undefined, 1);
  if (found.length === 1 && manifests.length === 0) return found[0];
  if (found.length === 0) return newHeader(folder);
  const other = { label: "Another Header…", uri: undefined };
  const items = [...found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri })), other];
  const picked = await vscode.window.showQuickPick(items, { title: "Export final_table to Which Header?" });
  return picked === other ? newHeader(folder) : picked?.uri;
}

const newHeader = (folder: vscode.Uri): Thenable<vscode.Uri | undefined> =>
  vscode.window.showSaveDialog({
    title: "Export final_table to Header",
    defaultUri: vscode.Uri.joinPath(folder, headerWriter.fileName),
    filters: { "C header": ["h"] },
  });

async function tell(header: vscode.Uri, unchanged: boolean, notes: readonly string[]): Promise<void> {
  const path = vscode.workspace.asRelativePath(header);
  const said = unchanged ? `${path} holds this table already.` : `The table was exported to ${path}.`;
  const open = "Open Header";
  const chosen = await vscode.window.showInformationMessage([said, ...notes].join(" "), open);
  if (chosen === open) await vscode.window.showTextDocument(header);
}
