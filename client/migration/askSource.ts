import * as vscode from "vscode";
import { inspectImage } from "../../core/image/inspect";
import { backupFlash } from "../../core/job/backupFlash";
import type { Result } from "../../core/result";
import { findTables } from "../../core/table/locate";
import { decodeText } from "../../core/text/decode";
import { hex } from "../../core/text/units";
import { backupAt, MANIFEST, workspaceBackups } from "../boards/backups";
import { backupText } from "../boards/backupText";
import type { BoardDesk } from "../boards/boardDesk";
import { foundOn, tableOf } from "../boards/found";
import { detailOf, labelOf } from "../boards/labels";
import { Refusal } from "../safely";
import { nameOf, surroundingsAt } from "../table";
import { readFile, workspaceFiles } from "../workspaceFiles";
import { type FieldSource, sourceInBinary, sourceInCsv, sourceOfTable } from "./fieldSource";
import { type Choice, pick, type StepPlace } from "./prompts";
import type { Answer } from "./steps";

/** The table of the devices, and where it comes from. */
export interface ChosenSource extends FieldSource {
  readonly name: string;
  /** Undefined for a board. */
  readonly file: vscode.Uri | undefined;
  /** Whether the file itself is the CSV. */
  readonly isCsv: boolean;
  /** The file that holds their bootloader, where there is one. */
  readonly bootloaderFile: vscode.Uri | undefined;
}

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

async function fromFile(uri: vscode.Uri): Promise<ChosenSource | undefined> {
  const bytes = await workspaceFiles.read(uri.toString());
  if (!bytes) throw new Refusal(`${nameOf(uri)} cannot be read, or is larger than any flash.`);
  const text = decodeText(bytes);
  if (!text.ok || text.value.includes("\0")) return fromBinary(nameOf(uri), bytes, uri, uri);
  const { facts } = await surroundingsAt(uri);
  return { ...orRefusal(sourceInCsv(nameOf(uri), text.value, facts)), ...ofFile(uri), isCsv: true };
}

async function fromBackup(folder: vscode.Uri): Promise<ChosenSource | undefined> {
  const found = await backupAt(folder);
  if (!found) throw new Refusal("This folder holds no backup: it has no backup.json that can be read.");
  const { backup } = found;
  const files = new Map<string, Uint8Array>();
  for (const { file } of backup.regions) {
    const bytes = await readFile(vscode.Uri.joinPath(folder, file));
    if (bytes) files.set(file, bytes);
  }
  const flash = orRefusal(backupFlash(backup, files), "This backup cannot be used.");
  const first = backup.regions.find(({ address }) => address === 0);
  const dump = first && vscode.Uri.joinPath(folder, first.file);
  const source = await fromBinary(nameOf(folder), flash, folder, dump);
  return source && { ...source, chip: backup.chip };
}

async function fromBinary(
  name: string,
  bytes: Uint8Array,
  uri: vscode.Uri,
  file: vscode.Uri | undefined,
): Promise<ChosenSource | undefined> {
  const tables = findTables(bytes);
  const at = tables.length > 1 ? await chooseTableIn(name, tables) : tables[0]?.at;
  if (at === undefined && tables.length > 1) return undefined;
  const source = orRefusal(sourceInBinary(name, bytes, inspectImage(bytes), at));
  return { ...source, ...ofFile(uri), bootloaderFile: source.bootloader && file };
}

async function chooseTableIn(name: string, tables: ReturnType<typeof findTables>) {
  const items = tables.map(({ at, table }) => ({
    label: `At ${hex(at)}`,
    description: table.entries.map((entry) => entry.name).join(", "),
    at,
  }));
  const title = `${name} holds ${tables.length} partition tables. Which one do the devices use?`;
  return (await vscode.window.showQuickPick(items, { title }))?.at;
}

async function fromBoard(desk: BoardDesk, path: string, name: string): Promise<ChosenSource> {
  const found = await foundOn(desk, path);
  const table = tableOf(found);
  const { bootloader: present } = found.present;
  const { bootloader } = found.state;
  const source = sourceOfTable(name, table, {
    tableOffset: table.tableOffset,
    chip: found.identity.chip,
    flashSize: present === "none" ? undefined : present?.flashSize,
    bootloader: bootloader.kind === "image" ? { idf: bootloader.bootloader?.idfVersion } : undefined,
  });
  return { ...orRefusal(source), name, file: undefined, isCsv: false, bootloaderFile: undefined };
}

const ofFile = (uri: vscode.Uri) => ({
  name: nameOf(uri),
  file: uri,
  isCsv: false,
  bootloaderFile: undefined,
});

function orRefusal<T>(read: Result<T, string>, what = ""): T {
  if (read.ok) return read.value;
  throw new Refusal(`${what} ${read.message}`.trim());
}
