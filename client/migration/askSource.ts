import * as vscode from "vscode";
import { MANIFEST, workspaceBackups } from "../boards/backups";
import { backupText } from "../boards/backupText";
import type { BoardDesk } from "../boards/boardDesk";
import { detailOf, labelOf } from "../boards/labels";
import { nameOf } from "../table";
import { workspaceFiles } from "../workspaceFiles";
import { type Choice, pick, type StepPlace } from "./prompts";
import { type ChosenSource, fromBackup, fromBoard, fromFile } from "./readSource";
import type { Answer } from "./steps";

/** Reads what was chosen; undefined where the user thinks better of it. */
export type ReadSource = () => Promise<ChosenSource | undefined>;

/** From where the table of the devices can come: files and backups of the workspace, boards, any other file. */
export const askSource = (place: StepPlace, desk: BoardDesk): Promise<Answer<ReadSource>> =>
  pick(place, "Which partition table do the devices have today?", choices(desk));

async function choices(desk: BoardDesk): Promise<Choice<ReadSource>[]> {
  const exclude = "**/{node_modules,build}/**";
  const [tables, images, backups] = await Promise.all([
    vscode.workspace.findFiles("**/{partitions*.csv,*partitions.csv}", exclude, 200),
    vscode.workspace.findFiles("**/*.bin", exclude, 200),
    workspaceBackups(),
    desk.lab.look(),
  ]);
  const inBackups = (uri: vscode.Uri) =>
    backups.some(({ folder }) => uri.toString().startsWith(`${folder.toString()}/`));
  const named = await Promise.all(images.filter((uri) => !inBackups(uri)).map(imageChoice));
  return [
    ...sorted(tables).map((uri) => fileChoice(uri, "Partition table", "table")),
    ...named.flat(),
    ...backups.map(({ folder, backup }) => ({
      label: vscode.workspace.asRelativePath(folder),
      description: `Backup of ${backupText(backup)}`,
      iconPath: new vscode.ThemeIcon("archive"),
      value: () => fromBackup(folder),
    })),
    ...desk.lab.ports().map((port) => ({
      label: labelOf(port),
      description: `Board on ${detailOf(port)}`,
      iconPath: new vscode.ThemeIcon("circuit-board"),
      value: () => fromBoard(desk, port.port.path, labelOf(port)),
    })),
    {
      label: "Browse…",
      description: "for a CSV, a table binary, the dump of a flash or the backup.json of a backup",
      iconPath: new vscode.ThemeIcon("folder-opened"),
      value: browse,
    },
  ];
}

const sorted = (uris: readonly vscode.Uri[]): vscode.Uri[] =>
  uris.toSorted((a, b) => a.path.localeCompare(b.path));

const fileChoice = (uri: vscode.Uri, description: string, icon: string): Choice<ReadSource> => ({
  label: vscode.workspace.asRelativePath(uri),
  description,
  iconPath: new vscode.ThemeIcon(icon),
  value: () => fromFile(uri),
});

/** Only those that hold the table of a device: what comes combined for flashing by a cable is not one. */
async function imageChoice(uri: vscode.Uri): Promise<Choice<ReadSource>[]> {
  const report = await workspaceFiles.inspect(uri.toString());
  if (report?.kind === "partition-table") return [fileChoice(uri, "Table binary", "file-binary")];
  return report?.kind === "flash-dump" ? [fileChoice(uri, "Dump of a flash", "file-binary")] : [];
}

async function browse(): Promise<ChosenSource | undefined> {
  const title = "The Partition Table That the Devices Have";
  const filters = { "Table, dump or backup": ["csv", "bin", "json"], "All files": ["*"] };
  const uri = (await vscode.window.showOpenDialog({ title, filters }))?.[0];
  if (!uri) return undefined;
  return nameOf(uri) === MANIFEST ? fromBackup(vscode.Uri.joinPath(uri, "..")) : fromFile(uri);
}
