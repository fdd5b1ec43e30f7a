import * as vscode from "vscode";
import type { BackupRegion } from "../../core/job/backup";
import type { FoundBoard } from "../../device/flows/flashFlow";
import { Refusal } from "../safely";
import { backupAt, chooseFolder, type FoundBackup, workspaceBackups } from "./backups";
import { backupText, isUnfinished, newFolderName } from "./backupText";
import { partitionItems } from "./found";

type Range = Pick<BackupRegion, "name" | "address" | "size">;

/** Where a backup goes, and what is read; the whole flash where nothing is named. */
export interface BackupTarget {
  readonly folder: vscode.Uri;
  readonly regions: readonly Range[] | undefined;
}

/** A new folder in the workspace, one with an unfinished backup of this board, or any other. */
export async function chooseTarget(found: FoundBoard): Promise<BackupTarget | undefined> {
  const { mac } = found.identity;
  const begun = (await workspaceBackups()).filter(({ backup }) => backup.mac === mac && isUnfinished(backup));
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  const items = [
    ...begun.map((backup) => ({ ...itemOf(backup, "Resume "), ask: async () => resumed(backup) })),
    ...(root ? [await newItem(root, mac, found)] : []),
    { label: "Another Folder…", ask: () => chooseOther(mac, found) },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: `Back Up ${mac} into Which Folder?` });
  return chosen?.ask();
}

async function newItem(root: vscode.Uri, mac: string, found: FoundBoard) {
  const folder = await freeFolder(vscode.Uri.joinPath(root, "backups", newFolderName(mac, new Date())));
  const label = vscode.workspace.asRelativePath(folder);
  return { label, description: "new", ask: () => withRegions(folder, found) };
}

/** A second backup on one day gets a number. */
async function freeFolder(wanted: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const folder = number === 1 ? wanted : wanted.with({ path: `${wanted.path}-${number}` });
    if (!(await backupAt(folder))) return folder;
  }
}

async function chooseOther(mac: string, found: FoundBoard): Promise<BackupTarget | undefined> {
  const parent = await chooseFolder(`Back Up ${mac} into Which Folder?`);
  const begun = parent && (await backupAt(parent));
  if (begun && isUnfinished(begun.backup)) return resumed(begun);
  return (
    parent &&
    withRegions(await freeFolder(vscode.Uri.joinPath(parent, newFolderName(mac, new Date()))), found)
  );
}

const resumed = ({ folder, backup }: FoundBackup): BackupTarget => ({ folder, regions: backup.regions });

async function withRegions(folder: vscode.Uri, found: FoundBoard): Promise<BackupTarget | undefined> {
  const whole = "Whole Flash";
  const items = [
    { label: whole, description: "can be restored completely", picked: true, entry: undefined },
    ...partitionItems(found.present.table?.entries ?? []),
  ];
  const title = "Back Up What?";
  const chosen =
    items.length === 1 ? items : await vscode.window.showQuickPick(items, { title, canPickMany: true });
  if (!chosen || chosen.length === 0) return undefined;
  if (chosen.some(({ label }) => label === whole)) return { folder, regions: undefined };
  const entries = chosen.flatMap(({ entry }) => entry ?? []);
  return { folder, regions: entries.map(({ name, offset, size }) => ({ name, address: offset, size })) };
}

/** The folder of a backup that is to be restored. */
export async function chooseStored(): Promise<vscode.Uri | undefined> {
  const items = (await workspaceBackups()).map((backup) => ({ ...itemOf(backup), folder: backup.folder }));
  const other = { label: "Another Folder…", folder: undefined };
  const chosen = await vscode.window.showQuickPick([...items, other], { title: "Restore Which Backup?" });
  if (chosen !== other) return chosen?.folder;
  const folder = await chooseFolder("Restore Which Backup?");
  if (folder && !(await backupAt(folder)))
    throw new Refusal("This folder holds no backup: it has no backup.json that can be read.");
  return folder;
}

const itemOf = ({ folder, backup }: FoundBackup, verb = "") => ({
  label: `${verb}${vscode.workspace.asRelativePath(folder)}`,
  description: backupText(backup),
});
