import * as vscode from "vscode";
import { extractApp } from "../../core/image/combined";
import { commands } from "../../protocol/commands";
import { chooseTable, uriOf } from "../chooseTable";
import { Refusal } from "../safely";
import { nameOf, openTable } from "../table";
import { readFile } from "../workspaceFiles";
import { writeMicroPythonPath } from "../writeManifest";
import type { Command } from "./command";

/** Saves the app of a combined image, and makes it the table's binary where the command came from a table's fix. */
export const extractAppCommand: Command = {
  id: commands.extractApp,
  needsTrust: true,
  async run(_context, argument) {
    const from = uriOf(argument);
    // A fix names the table or the manifest that chose the combined image.
    const table = from && !from.path.endsWith(".bin") ? await chooseTable(argument) : undefined;
    const combined = table ? await chosenBinaryOf(table) : (from ?? (await chooseFile()));
    if (!combined) return;
    const app = await extractBeside(combined);
    if (app && table) await writeMicroPythonPath(table, app);
  },
};

async function chosenBinaryOf(table: vscode.Uri): Promise<vscode.Uri> {
  const { surroundings } = await openTable(table);
  if (surroundings.micropythonPath !== undefined) return vscode.Uri.parse(surroundings.micropythonPath);
  throw new Refusal(`No MicroPython binary is chosen for ${nameOf(table)}.`);
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const title = "Extract App from Combined Image";
  return (
    await vscode.window.showOpenDialog({ title, filters: { Images: ["bin"], "All files": ["*"] } })
  )?.[0];
}

/** Asks for the name, never overwrites without the dialog's own question. */
export async function extractBeside(combined: vscode.Uri): Promise<vscode.Uri | undefined> {
  const bytes = await readFile(combined);
  if (!bytes) throw new Refusal(`${nameOf(combined)} cannot be read.`);
  const app = extractApp(bytes);
  if (!app.ok) throw new Refusal(`No app was extracted from ${nameOf(combined)}. ${app.message}`);
  const target = await vscode.window.showSaveDialog({
    title: "Save the App as",
    defaultUri: vscode.Uri.joinPath(combined, "..", nameOf(combined).replace(/(\.bin)?$/i, ".app.bin")),
    filters: { "App image": ["bin"] },
  });
  if (!target) return undefined;
  if (target.toString() === combined.toString())
    throw new Refusal("The app cannot be saved over the image it comes from.");
  await vscode.workspace.fs.writeFile(target, app.value);
  void vscode.window.showInformationMessage(
    `The app was saved as ${nameOf(target)} (${app.value.length.toLocaleString("en")} bytes).`,
  );
  return target;
}
