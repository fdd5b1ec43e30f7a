import * as vscode from "vscode";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { commands } from "../../protocol/commands";
import { uriOf } from "../chooseTable";
import { activeLayout } from "../layoutTabs";
import { Refusal } from "../safely";
import { nameOf, surroundingsAt } from "../table";

/** The manifest that a menu or what is in front means, also by its table. Asks when there are several. */
export async function chooseManifest(
  argument: unknown,
  title: string,
  inFront?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const active = inFront ?? vscode.window.activeTextEditor?.document.uri ?? activeLayout();
  for (const uri of [uriOf(argument), active]) {
    const manifest = uri && (await manifestOf(uri));
    if (manifest) return manifest;
  }
  const found = await vscode.workspace.findFiles(`**/${MANIFEST_NAME}`, "**/node_modules/**", 50);
  if (found.length === 0) throw noManifest();
  if (found.length === 1) return found[0];
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { title }))?.uri;
}

async function manifestOf(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (nameOf(uri) === MANIFEST_NAME) return uri;
  if (!uri.path.endsWith(".csv")) return undefined;
  const { manifestPath } = await surroundingsAt(uri);
  return manifestPath === undefined ? undefined : vscode.Uri.parse(manifestPath);
}

const noManifest = (): Refusal =>
  new Refusal(`There is no ${MANIFEST_NAME} in this workspace, so there is no migration yet.`, {
    title: "New Migration…",
    run: () => vscode.commands.executeCommand(commands.newMigration),
  });
