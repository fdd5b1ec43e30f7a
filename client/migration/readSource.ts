import * as vscode from "vscode";
import { inspectImage } from "../../core/image/inspect";
import { backupFlash } from "../../core/job/backupFlash";
import type { Result } from "../../core/result";
import { findTables } from "../../core/table/locate";
import { decodeText } from "../../core/text/decode";
import { hex } from "../../core/text/units";
import { backupAt } from "../boards/backups";
import type { BoardDesk } from "../boards/boardDesk";
import { foundOn, tableOf } from "../boards/found";
import { Refusal } from "../safely";
import { nameOf, surroundingsAt } from "../table";
import { readFile, workspaceFiles } from "../workspaceFiles";
import { type FieldSource, sourceInBinary, sourceInCsv, sourceOfTable } from "./fieldSource";

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

/** A CSV, a table binary or a dump; undefined where nobody says which of its tables is meant. */
export async function fromFile(uri: vscode.Uri): Promise<ChosenSource | undefined> {
  const bytes = await workspaceFiles.read(uri.toString());
  if (!bytes) throw new Refusal(`${nameOf(uri)} cannot be read, or is larger than any flash.`);
  const text = decodeText(bytes);
  if (!text.ok || text.value.includes("\0")) return fromBinary(nameOf(uri), bytes, uri, uri);
  const { facts } = await surroundingsAt(uri);
  return { ...orRefusal(sourceInCsv(nameOf(uri), text.value, facts)), ...ofFile(uri), isCsv: true };
}

/** The flash that a backup holds. */
export async function fromBackup(folder: vscode.Uri): Promise<ChosenSource | undefined> {
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

/** What a board has, which is asked unless that is known. */
export async function fromBoard(desk: BoardDesk, path: string, name: string): Promise<ChosenSource> {
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
