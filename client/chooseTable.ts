import * as vscode from "vscode";
import { isTableName, MANIFEST_NAME } from "../core/project/fileNames";
import { parseManifest } from "../core/project/manifest";
import { resolveInside } from "../core/project/paths";
import { languageId } from "../protocol/lsp";
import { activeLayout } from "./layoutTabs";
import { Refusal } from "./safely";
import { nameOf, rootOf } from "./table";
import { workspaceFiles } from "./workspaceFiles";

/**
 * The table that a lens, a fix, an explorer entry or the active editor means; of a manifest its target table. Asks when
 * there are several in the workspace.
 */
export async function chooseTable(argument: unknown): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri ?? activeLayout();
  for (const uri of [uriOf(argument), active]) {
    if (uri && isTable(uri)) return uri;
    if (uri && nameOf(uri) === MANIFEST_NAME) return targetOf(uri);
  }
  const found = await vscode.workspace.findFiles(
    "**/{partitions*.csv,*partitions.csv}",
    "**/{node_modules,build}/**",
    200,
  );
  if (found.length === 0) {
    throw new Refusal(
      "There is no partition table (partitions*.csv) in this workspace. Open one and try again.",
    );
  }
  if (found.length === 1) return found[0];
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { title: "Which Partition Table?" }))?.uri;
}

/** The URI in a command's argument: a `Uri` from a menu, or `{ uri }` from a lens or a fix. */
export function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const uri =
    typeof argument === "object" && argument !== null && "uri" in argument ? argument.uri : undefined;
  return typeof uri === "string" ? vscode.Uri.parse(uri) : undefined;
}

/** A table by its name, or because the user said so in the editor. */
const isTable = (uri: vscode.Uri): boolean =>
  isTableName(nameOf(uri)) ||
  vscode.workspace.textDocuments.some(
    (shown) => shown.languageId === languageId && shown.uri.toString() === uri.toString(),
  );

async function targetOf(manifest: vscode.Uri): Promise<vscode.Uri> {
  const bytes = await workspaceFiles.read(manifest.toString());
  const named = parseManifest(new TextDecoder().decode(bytes)).manifest.target?.table;
  const folder = vscode.Uri.joinPath(manifest, "..").toString();
  const path = named === undefined ? undefined : resolveInside(rootOf(manifest).toString(), folder, named);
  if (path !== undefined) return vscode.Uri.parse(path);
  throw new Refusal(
    'crossflash.json names no table for MicroPython. Write it as "target": { "table": "partitions.csv" }.',
  );
}
