import * as vscode from "vscode";
import { decodeHeader } from "../../core/export/header";
import { headerText } from "../../core/export/headerBytes";
import { type DecodedTable, decodeTable } from "../../core/table/decode";
import { findTables, type TableCandidate } from "../../core/table/locate";
import { printTable } from "../../core/table/print";
import { lostInCsv } from "../../core/table/readsBack";
import { hex } from "../../core/text/units";
import { commands } from "../../protocol/commands";
import { languageId } from "../../protocol/lsp";
import { uriOf } from "../chooseTable";
import { Refusal } from "../safely";
import { nameOf } from "../table";
import { readFile } from "../workspaceFiles";
import type { Command } from "./command";

/** Opens the table of a binary, a flash dump, a combined image or a header as a new CSV; no file is overwritten. */
export const importTable: Command = {
  id: commands.importTable,
  needsTrust: false,
  async run(_context, argument) {
    const uri = uriOf(argument) ?? (await chooseFile());
    if (!uri) return;
    const bytes = await readFile(uri);
    if (!bytes) throw new Refusal(`${nameOf(uri)} cannot be read, or is larger than any flash.`);
    const table = /\.(h|hpp|c|inc)$/i.test(uri.path)
      ? tableInHeader(uri, bytes)
      : await tableInBinary(uri, bytes);
    if (!table) return;
    const content = printTable(table.entries);
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: languageId, content }),
    );
    const lost = lossesOf(table);
    if (lost.length > 0) void vscode.window.showWarningMessage(`${nameOf(uri)}: ${lost.join(" ")}`);
  },
};

/** What the new CSV does not say of the table, in sentences. */
function lossesOf({ entries, unknownFlags }: DecodedTable): string[] {
  const unsaid = lostInCsv(entries).map(
    (name) => `A CSV cannot say the name '${name}'; this row is not the partition.`,
  );
  const flags = unknownFlags.map(
    ({ name, bits }) => `'${name}' has flags that nobody knows (${hex(bits)}); they are not kept.`,
  );
  return [...unsaid, ...flags];
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: "Import Partition Table",
    filters: { "Table binary, flash dump or header": ["bin", "h"], "All files": ["*"] },
  });
  return chosen?.[0];
}

function tableInHeader(uri: vscode.Uri, bytes: Uint8Array): DecodedTable {
  const array = decodeHeader(headerText(bytes));
  if (!array.ok) throw new Refusal(`${nameOf(uri)} was not imported. ${array.message}`);
  const table = decodeTable(array.value);
  if (!table.ok) throw new Refusal(`${nameOf(uri)} was not imported. ${table.message}`);
  return table.value;
}

async function tableInBinary(uri: vscode.Uri, bytes: Uint8Array): Promise<DecodedTable | undefined> {
  const candidates = findTables(bytes);
  if (candidates.length <= 1) return candidates[0]?.table ?? raise(uri, bytes);
  const items = candidates.map((candidate) => ({ ...described(candidate), candidate }));
  const title = `${nameOf(uri)} holds ${candidates.length} partition tables. Which one?`;
  return (await vscode.window.showQuickPick(items, { title }))?.candidate.table;
}

const described = ({ at, table }: TableCandidate) => ({
  label: `At ${hex(at)}`,
  description: table.entries.map(({ name }) => name).join(", "),
});

/** Without any table in the file, the fault of its beginning says most. */
function raise(uri: vscode.Uri, bytes: Uint8Array): never {
  const first = decodeTable(bytes);
  const beginsLikeATable = bytes[0] === 0xaa && bytes[1] === 0x50;
  const why = beginsLikeATable && !first.ok ? first.message : "It holds no partition table.";
  throw new Refusal(`${nameOf(uri)} was not imported. ${why}`);
}
