import * as vscode from "vscode";
import { setManifestValue } from "../core/project/manifest";
import { relativeTo } from "../core/project/paths";
import { applyEdits } from "../core/text/span";
import { Refusal } from "./safely";
import { openTable } from "./table";

/**
 * Writes the binary's path into the manifest that names the table, as an edit that can be undone; where there is no
 * manifest, one is made beside the table. Gives the manifest.
 */
export async function writeMicroPythonPath(table: vscode.Uri, binary: vscode.Uri): Promise<vscode.Uri> {
  const { surroundings } = await openTable(table);
  const beside = vscode.Uri.joinPath(table, "..", "crossflash.json");
  const manifest =
    surroundings.manifestPath === undefined ? beside : vscode.Uri.parse(surroundings.manifestPath);
  const from = vscode.Uri.joinPath(manifest, "..").toString();
  const values = [
    ...(surroundings.role === "target" && surroundings.manifest?.target?.table
      ? []
      : [["table", table] as const]),
    ["micropython", binary] as const,
  ];
  const existing = await textOf(manifest);
  let text = existing ?? "";
  for (const [key, uri] of values) {
    const path = decodeURIComponent(relativeTo(from, uri.toString()));
    text = applyEdits(text, setManifestValue(text, ["target", key], path));
  }
  await replace(manifest, existing, text);
  return manifest;
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

async function replace(uri: vscode.Uri, existing: string | undefined, text: string): Promise<void> {
  if (existing === undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(0), document.positionAt(existing.length)), text);
  const done = (await vscode.workspace.applyEdit(edit)) && (await document.save());
  if (!done) throw new Refusal("crossflash.json could not be saved.");
}
