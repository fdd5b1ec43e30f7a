import * as vscode from "vscode";
import { parseManifest, setManifestValue } from "../core/project/manifest";
import { relativeTo } from "../core/project/paths";
import { applyEdits } from "../core/text/span";
import { Refusal } from "./safely";
import { nameOf, openTable } from "./table";
import { readFile } from "./workspaceFiles";
import { editShown } from "./writeShown";

/**
 * Writes the binary's path into the manifest that names the table, as an edit that can be undone; where there is no
 * manifest, one is made beside the table. Gives the manifest, or nothing when the user keeps it as it is.
 */
export async function writeMicroPythonPath(
  table: vscode.Uri,
  binary: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const { surroundings } = await openTable(table);
  if (surroundings.role === "source") throw new Refusal(isSource(table));
  const beside = vscode.Uri.joinPath(table, "..", "crossflash.json");
  const manifest =
    surroundings.manifestPath === undefined ? beside : vscode.Uri.parse(surroundings.manifestPath);
  const from = vscode.Uri.joinPath(manifest, "..").toString();
  const pathTo = (uri: vscode.Uri) => relativeTo(from, uri.toString());
  const existing =
    (await readFile(manifest)) && (await vscode.workspace.openTextDocument(manifest)).getText();
  const named = parseManifest(existing ?? "").manifest.target?.table;
  const isNew = named === undefined || surroundings.role !== "target";
  if (isNew && named !== undefined && !(await mayReplace(named, table))) return undefined;
  const values = { ...(isNew ? { table: pathTo(table) } : {}), micropython: pathTo(binary) };
  await replace(manifest, existing, withPaths(existing ?? "", "target", values, manifest));
  return manifest;
}

/**
 * Makes a table the source table of a manifest, which may be no file yet; false where the manifest names another one
 * and the user keeps that.
 */
export async function writeSourcePath(manifest: vscode.Uri, table: vscode.Uri): Promise<boolean> {
  const existing =
    (await readFile(manifest)) && (await vscode.workspace.openTextDocument(manifest)).getText();
  const path = relativeTo(vscode.Uri.joinPath(manifest, "..").toString(), table.toString());
  const named = parseManifest(existing ?? "").manifest.source?.table;
  if (named !== undefined && named !== path && !(await mayReplaceSource(named, table))) return false;
  await replace(manifest, existing, withPaths(existing ?? "", "source", { table: path }, manifest));
  return true;
}

function withPaths(
  existing: string,
  group: "source" | "target",
  values: Readonly<Record<string, string>>,
  manifest: vscode.Uri,
): string {
  let text = existing;
  for (const [key, path] of Object.entries(values)) {
    text = applyEdits(text, setManifestValue(text, [group, key], path));
    const read: Readonly<Record<string, string | undefined>> = parseManifest(text).manifest[group] ?? {};
    if (read[key] !== path) throw brokenManifest(manifest);
  }
  return text;
}

const isSource = (table: vscode.Uri): string =>
  `${nameOf(table)} is the table that the devices have today. Choose the binary for the target table of crossflash.json.`;

const mayReplace = (named: string, table: vscode.Uri): Promise<boolean> =>
  mayDo(`crossflash.json names ${named} as the table for MicroPython. Replace it by ${nameOf(table)}?`);

const mayReplaceSource = (named: string, table: vscode.Uri): Promise<boolean> =>
  mayDo(`crossflash.json names ${named} as the table that the devices have. Replace it by ${nameOf(table)}?`);

async function mayDo(question: string): Promise<boolean> {
  const replaceIt = "Replace";
  return (await vscode.window.showWarningMessage(question, { modal: true }, replaceIt)) === replaceIt;
}

/** Text that is no JSON cannot be changed without harm. */
const brokenManifest = (manifest: vscode.Uri): Refusal =>
  new Refusal("crossflash.json has errors, so nothing was written into it. Mend it and try again.", {
    title: "Open crossflash.json",
    run: () => vscode.window.showTextDocument(manifest),
  });

async function replace(uri: vscode.Uri, existing: string | undefined, text: string): Promise<void> {
  if (existing === undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  else if (text !== existing) await editShown(await vscode.workspace.openTextDocument(uri), existing, text);
}
