import * as vscode from "vscode";
import { commands } from "../../protocol/commands";
import { type BinaryItem, binaryItem, listBinaries } from "../binaries";
import { chooseTable, uriOf } from "../chooseTable";
import { Refusal } from "../safely";
import { nameOf, type OpenTable, openTable, refuseUntitled, rootOf } from "../table";
import { writeMicroPythonPath } from "../writeManifest";
import type { Command } from "./command";
import { extractBeside } from "./extractApp";

/** Lets the user choose the MicroPython binary of a table and writes it into `crossflash.json`. */
export const chooseMicroPython: Command = {
  id: commands.chooseMicroPython,
  needsTrust: true,
  async run(_context, argument) {
    const named = uriOf(argument);
    const binary = named?.path.endsWith(".bin") ? named : undefined;
    const uri = await chooseTable(argument);
    if (!uri) return;
    refuseUntitled(uri);
    const table = await openTable(uri);
    const chosen = binary ?? (await pick(table));
    if (!chosen) return;
    const usable = await appOf(await binaryItem(chosen, table));
    if (usable) await useBinary(uri, usable);
  },
};

/** A combined image cannot be sent over the air: its app is extracted first. */
export async function appOf({
  uri,
  use,
  why,
}: Pick<BinaryItem, "uri" | "use" | "why">): Promise<vscode.Uri | undefined> {
  if (use === "app") return uri;
  if (use === "unusable") throw new Refusal(`${nameOf(uri)} cannot be used. ${why}`);
  const extract = "Extract App";
  const chosen = await vscode.window.showWarningMessage(
    `${nameOf(uri)} holds bootloader, table and app together. Only the app may be sent over the air.`,
    { modal: true },
    extract,
  );
  return chosen === extract ? extractBeside(uri) : undefined;
}

async function useBinary(table: vscode.Uri, binary: vscode.Uri): Promise<void> {
  const root = rootOf(table).toString();
  if (!binary.toString().startsWith(`${root}/`)) {
    throw new Refusal(
      `${nameOf(binary)} lies outside ${nameOf(rootOf(table))}, the folder of this table. Copy it there, so that everybody has it.`,
    );
  }
  const manifest = await writeMicroPythonPath(table, binary);
  if (!manifest) return;
  const open = "Open crossflash.json";
  const said = `${nameOf(binary)} is now the MicroPython binary of ${nameOf(table)}.`;
  if ((await vscode.window.showInformationMessage(said, open)) === open)
    await vscode.window.showTextDocument(manifest);
}

const browse = { label: "Browse…", iconPath: new vscode.ThemeIcon("folder-opened"), alwaysShow: true };

function pick(table: OpenTable): Promise<vscode.Uri | undefined> {
  return new Promise((resolve) => {
    const list = vscode.window.createQuickPick<BinaryItem | typeof browse>();
    list.title = `MicroPython Binary for ${nameOf(table.document.uri)}`;
    list.placeholder = "An image of the workspace, or browse for another";
    list.keepScrollPosition = true;
    list.matchOnDescription = true;
    list.busy = true;
    list.items = [browse];
    const cancel = new vscode.CancellationTokenSource();
    const show = (items: readonly BinaryItem[], busy: boolean) => {
      const active = list.activeItems[0]?.label;
      list.items = [...items, browse];
      list.activeItems = list.items.filter(({ label }) => label === active);
      list.busy = busy;
    };
    listBinaries(table, cancel.token, show).catch((error: unknown) => {
      list.busy = false;
      list.placeholder = `The workspace could not be searched: ${String(error)}`;
    });
    let chosen: vscode.Uri | Promise<vscode.Uri | undefined> | undefined;
    list.onDidAccept(() => {
      const [item] = list.selectedItems;
      chosen = item && "uri" in item ? item.uri : browseFor();
      list.hide();
    });
    list.onDidHide(() => {
      cancel.cancel();
      list.dispose();
      resolve(chosen);
    });
    list.show();
  });
}

async function browseFor(): Promise<vscode.Uri | undefined> {
  const title = "Choose MicroPython Binary";
  const filters = { Images: ["bin", "app-bin"], "All files": ["*"] };
  return (await vscode.window.showOpenDialog({ title, filters }))?.[0];
}
